import { expect, test } from "vitest";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { hostNetwork } from "./host.ts";

test("no virtual time passes while a datagram and its answer are under way", async () => {
  const time = new VirtualClock();
  const network = hostNetwork(time.harness);
  const start = time.harness.now();
  const server = await network.open({ port: 0, received: (data, from) => server.send(data, from) });
  const heard: string[] = [];
  const client = await network.open({
    port: 0,
    received: (data, from, to) =>
      heard.push(`${data.toString()} from ${from.port === server.port} to ${to}, ${time.phone.now() - start}`),
  });
  for (let second = 0; second < 50; second += 1) {
    time.harness.after(second * 1000, () =>
      client.send(Buffer.from(String(second)), { address: "127.0.0.1", port: server.port }),
    );
  }
  await new Promise<void>((resolve) => {
    time.harness.after(50_000, resolve);
  });
  expect(heard).toEqual(Array.from({ length: 50 }, (_, second) => `${second} from true to 127.0.0.1, ${second * 1000}`));
  server.close();
  client.close();
});

test("what nobody listens to, and what comes from others, holds no time up", async () => {
  const held = new Set<symbol>();
  const clock = {
    busy() {
      const token = Symbol("busy");
      held.add(token);
      return () => held.delete(token);
    },
  };
  const [ours, others] = [hostNetwork(clock), hostNetwork({ busy: () => () => {} })];
  const heard: number[] = [];
  const stranger = await others.open({ port: 0, received() {} });
  const socket = await ours.open({ port: 0, received: (data) => heard.push(data.length) });
  const closing = await ours.open({ port: 0, received() {} });
  const start = performance.now();
  socket.send(Buffer.alloc(10), { address: "127.0.0.1", port: stranger.port });
  socket.send(Buffer.alloc(10), { address: "127.0.0.1", port: closing.port });
  socket.send(Buffer.alloc(10), { address: "127.0.0.1", port: 0 });
  socket.send(Buffer.alloc(10), { address: "nowhere.invalid", port: 99_999 });
  stranger.send(Buffer.alloc(20), { address: "127.0.0.1", port: socket.port });
  closing.close();
  stranger.close();
  socket.send(Buffer.alloc(10), { address: "127.0.0.1", port: closing.port });
  while (held.size > 0 || heard.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(performance.now() - start).toBeLessThan(1000);
  expect(heard).toEqual([20]);
  await expect(ours.open({ port: socket.port, received() {} })).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(held.size).toBe(0);
  socket.close();
});
