import type { Recording } from "./recording.ts";

/** The MTPs over which an agent's records came in a case, as a report names them: `WebSocket`, `MQTT 5.0 over TLS`. */
export function mtpsOf(recording: Recording, caseId: string): readonly string[] {
  const connections = new Map(
    recording.usp.flatMap((one) => (one.caseId === caseId && one.from === "agent" ? [[one.connection, one.mtp] as const] : [])),
  );
  const names = [...connections].map(([number, mtp]) => {
    const tls = recording.connections.find((one) => one.number === number)?.tls === true;
    const version = recording.mqtt.find(({ connection }) => connection === number)?.packet.version ?? "";
    return `${mtp === "mqtt" ? `MQTT ${version}`.trim() : "WebSocket"}${tls ? " over TLS" : ""}`;
  });
  return [...new Set(names)];
}
