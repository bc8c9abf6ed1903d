import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A message of the phone, and what can be answered to it. */
export interface Post {
  readonly body: string;
  answer(method: string, args?: string): Promise<Post>;
  end(): void;
}

/** The smallest ACS that can lead a session, for tests. */
export class FakeAcs {
  readonly #server: Server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => this.#deliver(this.#post(Buffer.concat(chunks).toString("utf8"), response)));
  });
  readonly #waiting: ((post: Post) => void)[] = [];
  readonly #came: Post[] = [];

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/acs`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  next(): Promise<Post> {
    const post = this.#came.shift();
    return post === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(post);
  }

  /** Waits for an Inform, answers it, and gives the empty POST after it. */
  async session(): Promise<{ inform: string; post: Post }> {
    const inform = await this.next();
    return { inform: inform.body, post: await inform.answer("InformResponse", "<MaxEnvelopes>1</MaxEnvelopes>") };
  }

  #deliver(post: Post): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#came.push(post);
    else waiting(post);
  }

  #post(body: string, response: ServerResponse): Post {
    return {
      body,
      answer: (method, args = "") => {
        response.writeHead(200, { "Content-Type": "text/xml" });
        response.end(
          `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:c="urn:dslforum-org:cwmp-1-2" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Header><c:ID s:mustUnderstand="1">7</c:ID></s:Header><s:Body><c:${method}>${args}</c:${method}></s:Body></s:Envelope>`,
        );
        return this.next();
      },
      end: () => response.writeHead(204).end(),
    };
  }
}

/** EventCodes of an Inform. */
export const codes = (inform: string): string[] => [...inform.matchAll(/<EventCode>([^<]*)</g)].map(([, code = ""]) => code);

/** Arguments of SetParameterValues for one parameter. */
export const set = (name: string, type: string, value: string): string =>
  `<ParameterList><ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:${type}">${value}</Value></ParameterValueStruct></ParameterList><ParameterKey>key</ParameterKey>`;
