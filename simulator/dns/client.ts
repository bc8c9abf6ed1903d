import type { Clock } from "../clock.ts";
import type { Network } from "../network.ts";
import { type DnsQuestion, type DnsRecord, type DnsType, decodeDns, encodeDns } from "./message.ts";
import { sameName } from "./names.ts";

const DNS_PORT = 53;

/** How long an answer is waited for before the question is asked again, in milliseconds, and how often it is asked in all. */
const ANSWER_WITHIN = 2_000;
const ATTEMPTS = 3;

/** What was found: nothing came at all, or records, which may be none. */
export type DnsAnswer = { readonly kind: "answer"; readonly records: readonly DnsRecord[] } | { readonly kind: "silence" };

/** Asks DNS servers (RFC 1035). It keeps nothing of what it was told. */
export class DnsClient {
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #random: () => number;

  constructor(clock: Clock, network: Network, random: () => number) {
    this.#clock = clock;
    this.#network = network;
    this.#random = random;
  }

  /** Asks one question of one server after the other, each up to three times. Never throws. */
  async query(servers: readonly string[], name: string, type: DnsType): Promise<DnsAnswer> {
    for (const server of servers)
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const answer = await this.#ask(server, { name, type });
        if (answer !== undefined) return answer;
      }
    return { kind: "silence" };
  }

  async #ask(server: string, question: DnsQuestion): Promise<DnsAnswer | undefined> {
    // 0 would be one of multicast DNS.
    const id = 1 + Math.floor(this.#random() * 0xff_fe);
    let settle: (answer: DnsAnswer | undefined) => void = () => {};
    const came = new Promise<DnsAnswer | undefined>((resolve) => {
      settle = resolve;
    });
    const opened = this.#network.open({
      port: 0,
      received(data, from) {
        const isFromThere = from.address === server && from.port === DNS_PORT && data.length >= 4 && data.readUInt16BE(0) === id;
        if (!isFromThere) return;
        const message = decodeDns(data);
        // A server that says that there is no such name answers too (RFC 1035 4.1.1, RCODE).
        if (message === undefined) settle({ kind: "answer", records: [] });
        else if (message.isResponse && message.questions.every(({ name }) => sameName(name, question.name)))
          settle({ kind: "answer", records: [...message.answers, ...(message.additionals ?? [])] });
      },
    });
    const done = this.#clock.busy();
    const socket = await opened.catch(() => undefined).finally(done);
    if (socket === undefined) return undefined;
    const cancel = this.#clock.after(ANSWER_WITHIN, () => settle(undefined));
    socket.send(encodeDns({ id, isResponse: false, questions: [question], answers: [] }), { address: server, port: DNS_PORT });
    const answer = await came;
    cancel();
    socket.close();
    return answer;
  }
}
