import { expect, test } from "vitest";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { decodeMessage, decodeRecord } from "./usp.ts";
import { secretsIn, viewUsp } from "./usp-view.ts";
import { encodeMsg, encodeRecord } from "./usp-write.ts";

const ends = { version: "1.4", toId: "self::controller", fromId: "os::agent" };

/** Two requested paths: the first with two objects, the second with an error. */
const GET_RESP = encodeMsg({
  header: { msgId: "7", msgType: Header_MsgType.GET_RESP },
  body: {
    msgBody: {
      case: "response",
      value: {
        respType: {
          case: "getResp",
          value: {
            reqPathResults: [
              {
                requestedPath: "Device.LocalAgent.",
                resolvedPathResults: [
                  { resolvedPath: "Device.LocalAgent.", resultParams: { EndpointID: "os::agent", UpTime: "" } },
                  { resolvedPath: "Device.LocalAgent.MTP.1.", resultParams: { Enable: "true" } },
                ],
              },
              { requestedPath: "Device.No", errCode: 7026, errMsg: "no such path" },
            ],
          },
        },
      },
    },
  },
});

const carried = encodeRecord({ ...ends, recordType: { case: "noSessionContext", value: { payload: GET_RESP } } });
const record = decodeRecord(carried, (what) => `Record #12 (${what})`);

test("names a record by what is in it", () => {
  const named = (octets: Buffer): string => decodeRecord(octets, (what) => what).where;
  expect(record.where).toBe("Record #12 (GET_RESP)");
  expect(named(encodeRecord({ ...ends, recordType: { case: "websocketConnect", value: {} } }))).toBe("websocket_connect");
  expect(named(encodeRecord({ ...ends, recordType: { case: "noSessionContext", value: {} } }))).toBe("no_session_context");
  expect(named(Buffer.alloc(0))).toBe("nothing");
  expect(decodeRecord(Buffer.alloc(0), "it")).toMatchObject({ kind: "none", record: undefined, message: undefined, where: "it" });
});

test("gives values with the octet where they begin", () => {
  const { message } = record;
  const results = "response/get_resp/req_path_results";
  // version, to_id and from_id take 34 octets; tag and length of the record's content, of the payload and of the header 8.
  expect(message?.msgId).toEqual({ value: "7", where: "Record #12 (GET_RESP), octet 42 (header/msg_id)" });
  const { value, where } = message?.at(`${results}[1]/resolved_path_results[2]/result_params/Enable`) ?? {};
  expect(value).toBe("true");
  const [, offset] = /octet (\d+) \(response\/get_resp\/req_path_results\[1\]\/.*\/Enable\)$/.exec(where ?? "") ?? [];
  // Tag and length of the entry, then tag and length of its key.
  expect(carried.toString("latin1", Number(offset) + 4, Number(offset) + 10)).toBe("Enable");
  expect(record.at("from_id")).toEqual({ value: "os::agent", where: "Record #12 (GET_RESP), octet 23 (from_id)" });
});

test("takes all members where a number is left out, and the first where one is asked for", () => {
  const values = (path: string) => record.message?.all(`response/get_resp/req_path_results${path}`).map(({ value }) => value);
  expect(values("/requested_path")).toEqual(["Device.LocalAgent.", "Device.No"]);
  expect(values("/err_code")).toEqual(["0", "7026"]);
  expect(values("[1]/resolved_path_results/result_params")).toEqual(["os::agent", "", "true"]);
  expect(values("[2]/resolved_path_results/resolved_path")).toEqual([]);
  expect(record.message?.at("response/get_resp/req_path_results/requested_path").value).toBe("Device.LocalAgent.");
  const entries = record.message?.entries("response/get_resp/req_path_results[1]/resolved_path_results[1]/result_params");
  expect([...(entries ?? [])].map(([key, { value }]) => [key, value])).toEqual([
    ["EndpointID", "os::agent"],
    ["UpTime", ""],
  ]);
});

test("tells what was not sent from what is absent", () => {
  const at = (path: string) => record.message?.at(`response/get_resp/req_path_results${path}`);
  expect(at("[1]/err_code")?.value).toBe("0");
  expect(at("[1]/err_msg")?.value).toBeUndefined();
  expect(at("[3]/err_code")).toMatchObject({ value: undefined, where: expect.stringMatching(/\(response\/get_resp\)$/) });
  expect(at("[1]/resolved_path_results/result_params/UpTime")?.value).toBe("");
  expect(at("[1]/resolved_path_results/result_params/Alias")?.value).toBeUndefined();
  expect(record.message?.at("error/err_code").value).toBeUndefined();
  expect(record.message?.at("response").value).toBe("Response");
  expect(() => record.message?.at("response/get_rsp")).toThrow('Response has no field "get_rsp"');
  // An empty text in a oneof was chosen: OperateResp (7), operation_results (1), req_obj_path (2).
  const operate = decodeMessage(Buffer.from("120812063a040a021200", "hex"), "it");
  expect(operate.at("response/operate_resp/operation_results/req_obj_path").value).toBe("");
});

test("names message types as the schema does", () => {
  expect(decodeMessage(Buffer.from("0a020a00", "hex"), "it").msgType).toBe("ERROR");
  expect(decodeMessage(Buffer.from("0a021017", "hex"), "it").msgType).toBe("23");
  expect(decodeMessage(Buffer.from("1200", "hex"), "it").msgType).toBe("");
});

test("finds the message in a session context that holds all of it", () => {
  const inSession = (payload: Buffer[], more = {}) =>
    decodeRecord(
      encodeRecord({
        ...ends,
        recordType: { case: "sessionContext", value: { sessionId: 1n, sequenceId: 1n, payload, ...more } },
      }),
      "it",
    );
  // Cut in the middle and damaged behind the cut: the fault is told where it stands in the record.
  const damaged = Buffer.concat([GET_RESP, Buffer.of(0x0f)]);
  const parts = inSession([damaged.subarray(0, 20), damaged.subarray(20)]);
  expect(parts.message?.msgType).toBe("GET_RESP");
  expect(parts.faults).toMatchObject([{ kind: "tag", path: "session_context/payload", offset: parts.octets.length - 1 }]);
  expect(inSession([GET_RESP], { payloadSarState: 1 }).message).toBeUndefined();
  expect(inSession([]).message).toBeUndefined();
});

test("shows a record without its secrets", () => {
  const paramSettings = [
    { param: "Username", value: "admin" },
    { param: "Password", value: "open sesame", required: true },
  ];
  const updateObjs = [{ objPath: "Device.LocalAgent.Controller.1.", paramSettings }];
  const payload = encodeMsg({
    header: { msgId: "1", msgType: Header_MsgType.SET },
    body: { msgBody: { case: "request", value: { reqType: { case: "set", value: { updateObjs } } } } },
  });
  const shown = decodeRecord(
    encodeRecord({ ...ends, macSignature: Buffer.of(1, 2), recordType: { case: "noSessionContext", value: { payload } } }),
    "it",
  );
  expect(JSON.parse(viewUsp(shown))).toEqual({
    version: "1.4",
    to_id: "self::controller",
    from_id: "os::agent",
    mac_signature: "AQI=",
    no_session_context: {
      payload: {
        header: { msg_id: "1", msg_type: "SET" },
        body: {
          request: {
            set: {
              update_objs: [
                {
                  obj_path: "Device.LocalAgent.Controller.1.",
                  param_settings: [
                    { param: "Username", value: "admin" },
                    { param: "Password", value: "[redacted]", required: true },
                  ],
                },
              ],
            },
          },
        },
      },
    },
  });
  expect(secretsIn(shown)).toEqual(["open sesame"]);
  expect(JSON.parse(viewUsp(decodeRecord(Buffer.from("7001", "hex"), "it"))).faults).toEqual([
    "octet 0 (field 14): unknown-field, field 14 is not in the schema",
    "octet 0: no-oneof-member, nothing for record_type",
  ]);
});
