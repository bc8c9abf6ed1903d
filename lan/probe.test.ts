import { expect, test } from "vitest";
import { problemOf } from "./probe.ts";

test.each([
  [undefined, true, "install the package util-linux"],
  ["unshare: failed to execute ip: No such file or directory", true, "install the package iproute2"],
  ["unshare: unshare failed: Operation not permitted", true, "SYS_ADMIN"],
  ["unshare: unshare failed: Operation not permitted", false, "run as root"],
  ["unshare: write failed /proc/self/uid_map: Operation not permitted", false, "apparmor_restrict_unprivileged_userns"],
  ["unshare: unshare failed: No space left on device", false, "user namespaces"],
  ["RTNETLINK answers: Operation not permitted", false, "user namespaces"],
  ["RTNETLINK answers: Operation not supported", true, "modprobe veth"],
  ["Error: Unknown device type.", true, "modprobe veth"],
  ["something else", true, "no LAN can be made here: something else"],
])("what is in the way of a LAN comes with a remedy: %s, root %s", (said, root, remedy) => {
  expect(problemOf(said, root)).toContain(remedy);
});
