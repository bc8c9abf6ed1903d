import { expect, test } from "vitest";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { SessionContextRecord_PayloadSARState as SarState } from "../../schema/usp/record_pb.ts";
import { decodeRecord, type UspRecord } from "./usp.ts";
import { Reassembly } from "./usp-segments.ts";
import { viewUsp } from "./usp-view.ts";
import { encodeMsg, encodeRecord } from "./usp-write.ts";

const MESSAGE = encodeMsg({ header: { msgId: "segmented", msgType: Header_MsgType.GET_RESP } });

function record(sequenceId: number, state: SarState, payload: Uint8Array, sessionId = 7n): UspRecord {
  const value = { sessionId, sequenceId: BigInt(sequenceId), payloadSarState: state, payload: [payload] };
  const octets = encodeRecord({ recordType: { case: "sessionContext", value: { ...value, payloadrecSarState: state } } });
  return decodeRecord(octets, (what) => `Record #${sequenceId} (${what})`);
}

const [one, two, three] = [
  record(4, SarState.BEGIN, MESSAGE.subarray(0, 3)),
  record(5, SarState.INPROCESS, MESSAGE.subarray(3, 9)),
  record(6, SarState.COMPLETE, MESSAGE.subarray(9)),
];

/** msg_id of what each record makes complete, in the order in which they come. */
function read(...records: readonly UspRecord[]): readonly (string | undefined)[] {
  const reassembly = new Reassembly();
  return records.map((each) => reassembly.take(each).message?.msgId.value);
}

test("a message is put together by the numbers of its segments, once", () => {
  expect(read(one, two, three)).toEqual([undefined, undefined, "segmented"]);
  expect(read(three, one, one, two)).toEqual([undefined, undefined, undefined, "segmented"]);
  expect(read(one, two, three, three)).toEqual([undefined, undefined, "segmented", undefined]);
});

test("what is missing, or of another session context, makes no message", () => {
  expect(read(one, three)).toEqual([undefined, undefined]);
  expect(read(two, three)).toEqual([undefined, undefined]);
  expect(read(one, record(5, SarState.INPROCESS, MESSAGE.subarray(3, 9), 8n), three)).toEqual(Array(3).fill(undefined));
});

test("the record that makes a message complete is named by it", () => {
  const reassembly = new Reassembly();
  const [last] = [one, two, three].map((each) => reassembly.take(each)).slice(-1);
  expect(last?.where).toBe("Record #6 (GET_RESP in 3 segments)");
});

test("a view shows no octets of a segment, in which a secret could not be told", () => {
  expect(viewUsp(one)).toContain('"3 octets"');
});
