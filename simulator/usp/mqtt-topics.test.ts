import { expect, test } from "vitest";
import { mqttSeams } from "./mqtt-seams.ts";
import { covers, replyToIn, withReplyTo } from "./mqtt-topics.ts";

test.each([
  ["a/b", "a/b", true],
  ["a/b", "a/b/c", false],
  ["a/#", "a", true],
  ["a/#", "a/b/c", true],
  ["a/+", "a", false],
  ["a/+/c", "a/b/c", true],
  ["a/+", "a/b/c", false],
  ["+/b", "$a/b", false],
  ["#", "$a", false],
  ["#", "a", true],
  ["a//b", "a//b", true],
  ["a/b/#", "a", false],
])("the filter %s and the topic %s", (filter, topic, takes) => {
  expect(covers(filter, topic)).toBe(takes);
});

test("a reply-to topic is what comes behind the last /reply-to=", () => {
  expect(withReplyTo("usp/agents/a", "usp/controllers/c")).toBe("usp/agents/a/reply-to=usp%2Fcontrollers%2Fc");
  expect(replyToIn("usp/agents/a/reply-to=x/reply-to=usp%2Fcontrollers%2Fc")).toBe("usp/controllers/c");
  expect(replyToIn("usp/agents/a")).toBeUndefined();
});

const facts = { configured: [], offered: [], responseInformation: undefined, responseTopic: "own" } as const;
const topics = (more: Partial<Parameters<typeof mqttSeams.topicFilters>[0]>): readonly string[] =>
  mqttSeams.topicFilters({ version: "5.0", ...facts, ...more }).map(({ topic }) => topic);

test("the agent's own topic is subscribed to where nothing takes it in", () => {
  expect(topics({})).toEqual(["own"]);
  expect(topics({ version: "3.1.1", offered: ["never/offered"] })).toEqual(["own/#"]);
  expect(topics({ offered: ["given"], responseInformation: "given" })).toEqual(["given"]);
  expect(topics({ offered: ["given/#"], responseInformation: "given/a" })).toEqual(["given/#"]);
  expect(topics({ configured: [{ topic: "table", qos: 0 }], responseInformation: "given" })).toEqual(["table", "given"]);
  expect(topics({ responseTopic: "" })).toEqual([]);
});

test("retries wait within growing ranges, and never longer than the highest", () => {
  expect(mqttSeams.mqttRetryRange(1, 5, 2000, 30)).toEqual([5, 10]);
  expect(mqttSeams.mqttRetryRange(3, 5, 2000, 30)).toEqual([20, 30]);
  expect(mqttSeams.mqttRetryRange(9, 5, 2000, 30)).toEqual([30, 30]);
});
