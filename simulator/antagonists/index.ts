import type { Clock } from "../clock.ts";
import type { RigId } from "../mutants/mutant.ts";
import { envelope, type Heard, type Move, type RunningAntagonist, startBareTcp, startScripted } from "./shell.ts";
import { uspAntagonists } from "./usp.ts";
import type { RunningUspAntagonist } from "./usp-shell.ts";

/** A device against which no case may pass, whatever the case asks. */
export interface Antagonist {
  readonly id: string;
  /** "A phone that …" */
  readonly phone: string;
  /** On which rig it is shown; default `snom`. */
  readonly rig?: RigId;
  start(clock: Clock): Promise<RunningAntagonist | RunningUspAntagonist>;
}

const post = (body: string | Buffer): Move => ({ kind: "post", body });

/** Follows the protocol up to the InformResponse, so that only what comes after it is wrong. */
const afterInform =
  (then: (heard: Heard) => Move) =>
  (heard: Heard): Move =>
    heard.method === "InformResponse" ? post("") : then(heard);

const scripted = (id: string, phone: string, then: (heard: Heard) => Move): Antagonist => ({
  id,
  phone,
  start: (clock) => startScripted(clock, afterInform(then)),
});

const NAMED_FAULT = (code: number): string =>
  `<soap:Fault><faultcode>Server</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>${code}</FaultCode>` +
  "<FaultString>Internal error</FaultString></cwmp:Fault></detail></soap:Fault>";

const CANNED =
  '<cwmp:GetParameterValuesResponse><ParameterList enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct>' +
  '<Name>Device.Everything</Name><Value xsi:type="xsd:string">fine</Value></ParameterValueStruct></ParameterList>' +
  "</cwmp:GetParameterValuesResponse>";

export const antagonists: readonly Antagonist[] = [
  {
    id: "absent",
    phone: "A phone that is not there: nothing listens at its address.",
    async start(clock) {
      const gone = await startBareTcp(clock, (socket) => socket.destroy());
      await gone.stop();
      return gone;
    },
  },
  {
    id: "mute",
    phone: "A phone that accepts every connection and never says a word.",
    start: (clock) => startBareTcp(clock, (socket) => socket.resume()),
  },
  {
    id: "door-slammer",
    phone: "A phone that hangs up on every connection as soon as it is spoken to.",
    start: (clock) => startBareTcp(clock, (socket) => socket.once("data", () => socket.destroy())),
  },
  scripted("hanger-up", "A phone that informs rightly and hangs up on the first request.", () => ({ kind: "hang-up" })),
  scripted("stunned", "A phone that informs rightly and never answers a request.", () => ({ kind: "mute" })),
  scripted("blank", "A phone that informs rightly and answers every request with an empty POST.", () => post("")),
  scripted("parrot", "A phone that informs rightly and sends back whatever it was sent.", (heard) => post(heard.body)),
  scripted("yes-phone", "A phone that answers every request with an empty response of the right name.", (heard) =>
    post(envelope(`<cwmp:${heard.method}Response></cwmp:${heard.method}Response>`, heard.body)),
  ),
  scripted("no-phone", "A phone that answers every request with fault 9002.", (heard) =>
    post(envelope(NAMED_FAULT(9002), heard.body)),
  ),
  scripted("liar", "A phone that answers every request with the same values of a parameter it does not have.", (heard) =>
    post(envelope(CANNED, heard.body)),
  ),
  scripted("babbler", "A phone that informs rightly and then sends octets without meaning.", (heard) =>
    post(Buffer.from(Array.from({ length: 64 }, (_, index) => (heard.turn * 89 + index * 151) % 256))),
  ),
  ...uspAntagonists,
];
