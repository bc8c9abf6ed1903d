import { expect, test } from "vitest";
import { readCommand } from "./flags.ts";
import { wrongUsage } from "./usage.ts";

const read = (line: string, env: Record<string, string> = {}) => readCommand(line === "" ? [] : line.split(" "), env);

function refused(line: string, env: Record<string, string> = {}): string {
  const command = read(line, env);
  return command.kind === "wrong"
    ? `${command.message}${command.instead === undefined ? "" : ` → ${command.instead}`}`
    : `${command.kind}: not refused`;
}

test("a plain line asks for a run against the embedded phone", () => {
  expect(read("")).toEqual({
    kind: "run",
    request: {
      selection: { caseGlob: [] },
      usp: {},
      gate: "must",
      yardstick: "tr-369",
      realTime: false,
      reportFolder: "reports/latest",
      vitest: [],
    },
  });
});

test("every flag is read, in each of its spellings, and vitest's own are handed over as they were typed", () => {
  const line =
    "--target=[fe80::1]:8080 --profile p.yaml --case=a.{b,c},d* --case e -t x --protocol=usp --mtp=mqtt --mqtt-version=5 --tls --shard=2/3 --gate=should --yardstick=tp-469 --seed=7 " +
    "--listen=10.0.0.1:7547 --dhcp-interface=eth1 --dhcp-address=10.0.0.250/24 --knownFailures=k.yaml --report-folder=r --no-color --reporter=junit --reporter verbose --output-file.junit=j.xml --bail 3";
  expect(read(line)).toEqual({
    kind: "run",
    request: {
      target: { host: "fe80::1", port: 8080 },
      profile: "p.yaml",
      listen: "10.0.0.1:7547",
      dhcp: { interface: "eth1", address: "10.0.0.250/24" },
      knownFailures: "k.yaml",
      selection: { protocol: "usp", caseGlob: ["a.{b,c}", "d*", "e"], nameFilter: "x", shard: { index: 2, count: 3 } },
      usp: { mtp: "mqtt", mqttVersion: "5.0", tls: true },
      gate: "should",
      yardstick: "tp-469",
      seed: 7,
      realTime: false,
      reportFolder: "r",
      color: false,
      vitest: ["--no-color", "--reporter=junit", "--reporter", "verbose", "--output-file.junit=j.xml", "--bail", "3"],
    },
  });
  expect(["--list", "--plan", "--help", "-h", "--version", "-v", "-tfoo"].map((flag) => read(flag).kind)).toEqual([
    "list",
    "plan",
    "help",
    "help",
    "version",
    "version",
    "run",
  ]);
});

test.each([
  ["--tagret=10.0.0.1", "there is no flag --tagret: did you mean --target? → npm test -- --target=10.0.0.1"],
  [
    "--seed=1 --knownfailures k.yaml",
    "there is no flag --knownfailures: did you mean --known-failures? → npm test -- --seed=1 --known-failures k.yaml",
  ],
  ["--xyzzy", "there is no flag --xyzzy → npm test -- --help"],
  ["-x", "there is no flag -x → npm test -- --help"],
  ["--target", "--target needs a value → npm test -- --target=HOST[:PORT]"],
  ["--target=", "--target needs a value → npm test -- --target=HOST[:PORT]"],
  ["--target --seed=1", "--target needs a value → npm test -- --target=HOST[:PORT]"],
  ["--list=all", '--list takes no value, and "all" stands behind it → npm test -- --list'],
  ["10.0.0.1", '"10.0.0.1" stands alone, and a word without a flag means nothing here → npm test -- --target=10.0.0.1'],
  [
    "cwmp.inform.*",
    "\"cwmp.inform.*\" stands alone, and a word without a flag means nothing here → npm test -- --case='cwmp.inform.*'",
  ],
  ["my.yaml", '"my.yaml" stands alone, and a word without a flag means nothing here → npm test -- --profile=my.yaml'],
  ["inform", '"inform" stands alone, and a word without a flag means nothing here → npm test -- -t inform'],
  [
    "--target=http://10.0.0.1/x",
    "--target=http://10.0.0.1/x is no address: only the address is needed: 10.0.0.1 → npm test -- --help",
  ],
  ["--target=10.0.0.1 --target=10.0.0.2", /^--target stands there twice, and one run examines one phone/],
  ["--target=10.0.0.1 --real-time", /^--real-time is for the embedded phone/],
  ["--protocol=cwpm", '--protocol is cwmp or usp, not "cwpm"; did you mean cwmp? → npm test -- --help'],
  ["--mtp=wss", '--mtp is ws or mqtt, not "wss" → npm test -- --help'],
  ["--mtp=ws --mqtt-version=5.0", /^--mqtt-version says nothing about --mtp=ws/],
  ["--mqtt-version=4", /^--mqtt-version is 5.0 or 3.1.1 or 5, not "4"/],
  ["--gate=shuold", '--gate is must or should, not "shuold"; did you mean should? → npm test -- --help'],
  ["--seed=-1", '--seed is a whole number from 0 to 4294967295, not "-1" → npm test -- --help'],
  ["--shard=3/2", '--shard is the number of a part and how many there are, such as 1/3, not "3/2" → npm test -- --help'],
  ["--dhcp-interface=eth1", /^--dhcp-interface is for a phone of the lab: name it with --target/],
  ["--target=10.0.0.2 --dhcp-address=10.0.0.250/24", /^--dhcp-address is for the interface of --dhcp-interface/],
  ["--target=10.0.0.2 --dhcp-interface=eth1 --dhcp-address=10.0.0.250", /must be an IPv4 address and the length of the prefix/],
  ["--listen=http://x", /^--listen=http:\/\/x must be host:port/],
  ["--list --plan", /^--list and --plan are two different questions/],
  ["--path=1:0", /^--path is the way to one counterexample of one property: give the --case and the --seed/],
  ["--path=1:0 --case=a,b --seed=1", /^--path is the way to one counterexample of one property/],
  ["--path=left --case=a --seed=1", /^--path is numbers with colons between, as printed with a counterexample, not "left"/],
  ["--retry=3", "--retry of vitest has no place here: a verdict is not tried again until it is green"],
  ["--pass-with-no-tests", /^--pass-with-no-tests of vitest has no place here/],
  ["--target.x=10.0.0.1", /^there is no flag --target.x/],
])("%s is refused", (line, told) => {
  if (typeof told === "string") expect(refused(line)).toBe(told);
  else expect(refused(line)).toMatch(told);
});

test("a flag that npm kept for itself is given back in the command that was meant", () => {
  const told = "npm keeps flags for itself unless -- stands before them → npm test --";
  expect(refused("", { npm_config_target: "10.0.0.1" })).toBe(`${told} --target=10.0.0.1`);
  expect(refused("10.0.0.1", { npm_config_target: "true" })).toBe(`${told} --target=10.0.0.1`);
  expect(refused("", { npm_config_tagret: "10.0.0.1" })).toBe(`${told} --target=10.0.0.1`);
  expect(refused("--plan", { npm_config_profile: "p.yaml", npm_lifecycle_event: "plan" })).toBe(
    "npm keeps flags for itself unless -- stands before them → npm run plan -- --profile=p.yaml",
  );
  const ordinary = {
    npm_config_cache: "/root/.npm",
    npm_config_user_agent: "npm",
    npm_config_noproxy: "",
    npm_config_loglevel: "error",
  };
  expect(read("", ordinary).kind).toBe("run");
});

test("what is printed says what is wrong and what to type", () => {
  expect(wrongUsage({ message: "there is no flag --x", instead: "npm test -- --help" })).toBe(
    "\nNothing was run: there is no flag --x\n\nType: npm test -- --help\n",
  );
});
