import { LIMIT, type Measured, overBareMqtt, overBareWebSocket, overUsp } from "./usp-speed.ts";

// How many USP Gets are answered in a second, against the same octets there and back over the bare libraries.

const shown = (rate: number): string => `${rate.toFixed(0)} /s`.padStart(10);

async function row(mtp: "websocket" | "mqtt", bare: (trip: Measured["trip"]) => Promise<number>): Promise<string> {
  const { rate, trip } = await overUsp(mtp);
  const least = await bare(trip);
  const octets = `${trip.request.length} + ${trip.response.length}`.padStart(11);
  return `${mtp.padEnd(10)}${octets}  ${shown(rate)}  ${shown(least)}   ${(least / rate).toFixed(1).padStart(5)}   ${LIMIT[mtp]}\n`;
}

process.stdout.write("MTP            octets     USP Get   bare echo   ratio   limit\n");
process.stdout.write(await row("websocket", overBareWebSocket));
process.stdout.write(await row("mqtt", overBareMqtt));
