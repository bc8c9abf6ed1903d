import type { Device } from "./device.ts";
import { type Downloaded, download } from "./http/fetch.ts";

/** Fetches a file that no ACS has asked for, under the name that the phone goes by then. Never throws. */
export function ownFetch(
  device: Device,
  url: string,
  { username, password } = { username: "", password: "" },
): Promise<Downloaded> {
  const { clock, trust, hosts, seams, state, random } = device;
  const userAgent = seams.provisioning.userAgent(state.settings);
  return download({ clock, trust, hosts, seams: seams.transfer, url, username, password, random, userAgent });
}
