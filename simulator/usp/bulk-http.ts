import type { Device } from "../device.ts";
import { transfer } from "../http/fetch.ts";
import type { Field } from "../http/message.ts";
import type { BulkTools } from "./bulk-collect.ts";
import type { BulkLayout } from "./bulk-encode.ts";

export interface HttpTransfer {
  readonly tools: BulkTools;
  /** Path of the profile. */
  readonly profile: string;
  readonly layout: BulkLayout;
  /** The encoded reports. */
  readonly content: Buffer;
  readonly endpointId: string;
}

/** Sends reports to the URL of a profile. Gives the status of the answer, undefined when none came. Never throws. */
export async function sendOverHttp(device: Device, sending: HttpTransfer): Promise<number | undefined> {
  const { tools, profile, layout, content } = sending;
  const { model, seams } = tools;
  const value = (name: string): string => model.value(`${profile}HTTP.${name}`);
  const url = withQuery(value("URL"), queryOf(device, sending));
  if (url === undefined) return undefined;
  const compression = value("Compression");
  const { field, body } = seams.bulkFraming(seams.bulkCompressed(content, compression));
  const date = model.isOn(`${profile}HTTP.UseDateHeader`) ? device.clock.now() : undefined;
  const fields: readonly Field[] = [
    ["Content-Type", seams.bulkMediaType(layout.encoding, "HTTP")],
    ...seams.bulkFields({ encoding: layout.encoding, format: layout.format, compression, date }),
    field,
  ];
  const came = await transfer(
    {
      clock: device.clock,
      seams: device.seams.transfer,
      trust: seams.bulkTrust(device.trust),
      url: seams.bulkUrl(url),
      username: value("Username"),
      password: value("Password"),
      random: device.random,
    },
    { method: seams.bulkMethod(value("Method")), fields, body },
  );
  if (came.kind === "response") return came.response.head.status;
  device.log(`bulk data of ${profile} could not be delivered: ${came.text}`);
  return undefined;
}

/** What the query of a transfer tells: who sends it, and the parameters that the profile names. */
function queryOf(device: Device, { tools, profile, endpointId }: HttpTransfer): readonly Field[] {
  const { model, resolver, seams } = tools;
  const known = (name: string): string => model.value(`Device.DeviceInfo.${name}`);
  const identity = seams.bulkIdentity(known("ManufacturerOUI"), known("ProductClass"), known("SerialNumber"), endpointId);
  const table = `${profile}HTTP.RequestURIParameter.`;
  const asked = model.instances(table).flatMap((number): readonly Field[] => {
    const [name, reference] = [model.value(`${table}${number}.Name`), model.value(`${table}${number}.Reference`)];
    const resolved = resolver.resolve(reference);
    if (resolved.kind !== "found" || resolved.leaf.kind !== "parameter") return [];
    const path = (resolved.objects[0] ?? "") + resolved.leaf.name;
    return [[name === "" ? reference : name, model.value(path)]];
  });
  device.log(`bulk data of ${profile} is sent`);
  return seams.bulkQuery(identity, asked);
}

function withQuery(text: string, query: readonly Field[]): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url.href;
}
