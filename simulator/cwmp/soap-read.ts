import { isCwmpNamespace, SOAP_ENVELOPE, type SoapSeams } from "./soap-seams.ts";
import { decodeXml, readXml, type XmlNode, XmlRefused } from "./xml-read.ts";

export interface IncomingMessage {
  readonly kind: "message";
  /** Namespace of the method's element, of detail's Fault for a fault; `""` for none. */
  readonly namespace: string;
  /** Content of the ID header, as it will be repeated. */
  readonly id: string | undefined;
  /** Of the HoldRequests header; `undefined` when it is absent. */
  readonly holdRequests: boolean | undefined;
  /** Local name of the element in the Body; `Fault` for a fault. */
  readonly method: string;
  readonly body: XmlNode;
  readonly fault: { readonly code: number; readonly text: string } | undefined;
  /**
   * Name of a header entry that must be understood and is not. Nothing of the message may be obeyed then (SOAP 1.1 4.2.3): a request
   * is answered with `encodeNotUnderstood`, anything else ends the session.
   */
  readonly notUnderstood: string | undefined;
}

export type Incoming = IncomingMessage | { readonly kind: "malformed"; readonly reason: string };

/** Reads an envelope of the ACS. Everything that XML and SOAP leave to the sender is accepted; what TR-069 3.7.1.4 calls ill-formed or invalid is not. */
export function parseIncoming(octets: Buffer, seams: SoapSeams): Incoming {
  try {
    const document = decodeXml(octets);
    const refused = seams.admits(document);
    if (refused !== undefined) throw new XmlRefused(refused);
    return readEnvelope(readXml(document, seams), seams);
  } catch (error) {
    if (error instanceof XmlRefused) return { kind: "malformed", reason: error.message };
    throw error;
  }
}

function readEnvelope(root: XmlNode, seams: SoapSeams): IncomingMessage {
  const isSoap = (node: XmlNode, name: string): boolean =>
    node.name === name && seams.isEnvelope({ prefix: node.prefix, local: node.name, uri: node.uri });
  if (!isSoap(root, "Envelope")) throw new XmlRefused(`the document is no SOAP 1.1 Envelope but ${root.name} of "${root.uri}"`);
  const bodies = root.children.filter((child) => isSoap(child, "Body"));
  const headers = root.children.filter((child) => isSoap(child, "Header"));
  const body = bodies[0];
  if (body === undefined || seams.refusesBodies(bodies.length))
    throw new XmlRefused(`the Envelope has ${bodies.length} Body elements`);
  if (headers.length > 1) throw new XmlRefused(`the Envelope has ${headers.length} Header elements`);
  if (headers[0] !== undefined && root.children[0] !== headers[0])
    throw new XmlRefused("the Header is not first in the Envelope");
  const entry = body.children[0];
  if (entry === undefined || body.children.length > 1) throw new XmlRefused(`the Body has ${body.children.length} elements`);

  const entries = headers[0]?.children ?? [];
  const cwmpEntry = (name: string): XmlNode | undefined =>
    entries.find((node) => node.name === name && isCwmpNamespace(node.uri));
  const id = cwmpEntry("ID")?.text;
  const hold = cwmpEntry("HoldRequests");
  const holdRequests = hold === undefined ? undefined : seams.holdRequests(hold.text);
  if (hold !== undefined && holdRequests === undefined) throw new XmlRefused(`HoldRequests is "${hold.text}"`);
  const fault = isSoap(entry, "Fault") ? readFault(entry) : undefined;
  return {
    kind: "message",
    namespace: fault?.namespace ?? entry.uri,
    id: id === undefined ? undefined : seams.readId(id),
    holdRequests,
    method: seams.localName({ prefix: entry.prefix, local: entry.name, uri: entry.uri }),
    body: entry,
    fault,
    notUnderstood: entries.find(
      (node) =>
        concernsUs(node) &&
        seams.isMandatory(mustUnderstand(node)) &&
        !seams.understands({ prefix: node.prefix, local: node.name, uri: node.uri }),
    )?.name,
  };
}

/** A header entry for another actor is none of the phone's business (SOAP 1.1 4.2.2). */
function concernsUs({ attributes }: XmlNode): boolean {
  const actor = attributes[`{${SOAP_ENVELOPE}}actor`] ?? "";
  return actor === "" || actor === "http://schemas.xmlsoap.org/soap/actor/next";
}

const mustUnderstand = ({ attributes }: XmlNode): string => (attributes[`{${SOAP_ENVELOPE}}mustUnderstand`] ?? "").trim();

/** A fault that is not in the form of TR-069 3.5 makes the message invalid. */
function readFault(node: XmlNode): { code: number; text: string; namespace: string } {
  const detail = node.child("detail")?.children.find((child) => child.name === "Fault" && isCwmpNamespace(child.uri));
  const code = detail?.child("FaultCode")?.text.trim() ?? "";
  if (detail === undefined || !/^\d{4}$/.test(code))
    throw new XmlRefused("the SOAP Fault has no CWMP Fault with a FaultCode in its detail");
  return { code: Number(code), text: detail.child("FaultString")?.text ?? "", namespace: detail.uri };
}
