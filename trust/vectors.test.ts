import { expect, test } from "vitest";
import { cases } from "../suites/index.ts";
import { conversation, exchangesOf } from "./vectors.ts";

const conversations = (["genieacs", "scripted"] as const).map((name) => exchangesOf(conversation(name)));
const passive = cases.filter(({ id, passive: isPassive }) => isPassive === true && id.startsWith("cwmp."));

test("every message of independent programs can be decoded", () => {
  const unread = conversations
    .flat()
    .filter(({ request: { envelope } }) => envelope !== undefined && envelope.malformed !== undefined);
  expect(unread.map(({ where }) => where)).toEqual([]);
  const methods = conversations.flat().map(({ request }) => request.envelope?.method ?? "empty POST");
  expect(new Set(methods)).toEqual(
    new Set([
      "Inform",
      "empty POST",
      "TransferComplete",
      "Fault",
      ...["GetRPCMethods", "GetParameterNames", "GetParameterValues", "SetParameterValues"].map((name) => `${name}Response`),
      ...["GetParameterAttributes", "SetParameterAttributes", "Download", "Reboot", "FactoryReset"].map(
        (name) => `${name}Response`,
      ),
    ]),
  );
});

test("the passive rules find what is known to deviate, and nothing else", () => {
  const found = passive.flatMap((one) =>
    conversations.flatMap((exchanges) =>
      [...one.judge({ exchanges, model: new Set() })].filter(({ ok }) => !ok).map(({ actual }) => `${one.id}: ${actual}`),
    ),
  );
  expect([...new Set(found)]).toEqual([
    'cwmp.http.empty-post-content-type: text/xml; charset="utf-8"',
    "cwmp.soap.array-type: no arrayType",
    'cwmp.connection-request.random-path: "http://127.0.0.1:17750/"',
  ]);
});
