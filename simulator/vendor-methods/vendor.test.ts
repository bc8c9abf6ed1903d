import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { packTar } from "modern-tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { FakeAcs, type Post, set } from "../fake-acs.ts";
import { type SimulatedPhone, startPhone } from "../phone.ts";

const tar = async (name: string): Promise<Buffer> =>
  Buffer.from(await packTar([{ header: { name, size: 2, type: "file" }, body: "ok" }]));

describe("the methods of the vendor's own", () => {
  let acs: FakeAcs;
  let phone: SimulatedPhone;
  let server: Server;
  let base: string;
  let files: Record<string, Buffer | string>;
  let asked: string[];

  beforeEach(async () => {
    files = {};
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const content = files[request.url ?? ""];
      response.writeHead(content === undefined ? 404 : 200, { Connection: "close" }).end(content);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    acs = new FakeAcs();
    const settings = { tr69_acs_url: await acs.listen(), tr69_use_acs: "on" };
    phone = await startPhone({ clock: realClock, rebootSeconds: 0.05, settings });
  });
  afterEach(async () => {
    await phone.stop();
    acs.close();
    server.close();
  });

  const page = async (target: string): Promise<string> => (await fetch(`http://127.0.0.1:${phone.webPort}${target}`)).text();
  const faults = ({ body }: Post): string | undefined => /<FaultCode>(\d+)</.exec(body)?.[1];

  test("Customize fetches the tarball after the session, and only a good one changes anything", async () => {
    files["/blue.tar"] = await tar("gui/background.png");
    files["/bad.tar"] = Buffer.alloc(2048, "no tarball");
    files["/other.tar"] = await tar("etc/passwd");
    let { post } = await acs.session();
    for (const url of ["", "blue", "ftp://a/blue.tar"]) {
      post = await post.answer("X-snom-Customize", `<skinUrl>${url}</skinUrl>`);
      expect(faults(post)).toBe("9003");
    }
    for (const name of ["blue", "bad", "other", "gone"])
      post = await post.answer("X_000413_Customize", `<skinUrl>${base}/${name}.tar</skinUrl>`);
    expect(asked).toEqual([]);
    post.end();
    await expect.poll(() => asked).toEqual(["/blue.tar", "/bad.tar", "/other.tar", "/gone.tar"]);
    expect(await page("/")).toContain("Skin: blue<");
    await expect.poll(() => page("/log.htm")).toContain("gone.tar: The file server answers with status 404");
    expect(await page("/settings.xml")).toContain(`>${base}/blue.tar</upload_gui>`);
  });

  test("so does a value written to the parameters that the guide names", async () => {
    files["/red.tar"] = await tar("./web/style.css");
    const { post } = await acs.session();
    (await post.answer("SetParameterValues", set("Device.X_snom_UploadWeb", "string", `${base}/red.tar`))).end();
    await expect.poll(() => page("/")).toContain("Skin: red<");
  });

  test("Minibrowser takes a page as an element or as text, goes on where it says, and refuses what is none", async () => {
    files["/next"] = `<?xml version="1.0"?><ipphoneimagefile><url>${base}/picture</url></ipphoneimagefile>`;
    let { post } = await acs.session();
    const answers: (string | undefined)[] = [];
    for (const content of [
      `<SnomIPPhoneText><Text>Hi</Text><fetch mil="1">${base}/next</fetch></SnomIPPhoneText>`,
      "<Text>Hi</Text>",
      "",
      "plain",
      "&lt;IPPhoneText&gt;&lt;Text&gt;&lt;/IPPhoneText&gt;",
      "<IPPhoneText/><IPPhoneText/>",
      `<![CDATA[<?xml version="1.0"?><IPPhoneText><fetch mil="1">${base}/next</fetch></IPPhoneText>]]>`,
    ]) {
      post = await post.answer("X-snom-Minibrowser", content);
      answers.push(faults(post));
    }
    post.end();
    expect(answers).toEqual([undefined, "9003", "9003", "9003", "9003", "9003", undefined]);
    // The second page took the place of the first.
    await expect.poll(() => asked).toEqual(["/next", "/picture"]);
  });
});
