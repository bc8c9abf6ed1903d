import type { Device } from "../device.ts";
import { readPage } from "../vendor-methods/minibrowser.ts";
import type { PageProblem } from "../vendor-methods/seams.ts";
import { type RpcArguments, refuse } from "./rpc-arguments.ts";
import type { Arg, XmlNode } from "./soap.ts";

/** Customize: the phone is to fetch a tarball after the session and to look as it says. */
export function customize(device: Device, given: RpcArguments): readonly Arg[] {
  const { vendor } = device.seams;
  refuse(vendor.methodFault("Customize"));
  const url = given.text("skinUrl").trim();
  if (!vendor.acceptsSkinUrl(url)) {
    device.skins.refuse(url);
    refuse(vendor.skinUrlFault());
  } else if (vendor.customizes()) device.skins.load("upload_gui", url);
  return [];
}

/** Minibrowser: shows a page, which is the content of the method's element: an element, or its text. */
export function minibrowser(device: Device, given: RpcArguments): readonly Arg[] {
  const { vendor } = device.seams;
  refuse(vendor.methodFault("Minibrowser"));
  const page = pageIn(device, given.content);
  const problem = typeof page === "string" ? page : device.minibrowser.push(page);
  if (problem !== undefined) {
    device.minibrowser.refuse(problem);
    refuse(vendor.pageFault(problem));
  }
  return [];
}

function pageIn({ seams }: Device, { children, text }: XmlNode): XmlNode | PageProblem {
  const { vendor } = seams;
  const [element] = children;
  if (element !== undefined) return children.length === 1 && text.trim() === "" && vendor.takesElement() ? element : "malformed";
  if (text.trim() === "") return "nothing";
  return (vendor.takesText() ? readPage(Buffer.from(text.trim(), "utf8")) : undefined) ?? "malformed";
}
