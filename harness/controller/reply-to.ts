const REPLY_TO = "/reply-to=";

/** A Topic Name of MQTT 3.1.1 in its two parts: the topic, and the one to answer to (R-MQTT.24, R-MQTT.25). */
export interface TopicParts {
  readonly topic: string;
  /** Absent when the name has none. */
  readonly replyTo: string | undefined;
}

/** Reads a Topic Name by the rules of MQTT 3.1.1; one of 5.0, which has no such part, stays as it is. */
export function splitTopic(name: string): TopicParts {
  const at = name.lastIndexOf(REPLY_TO);
  if (at < 0) return { topic: name, replyTo: undefined };
  return { topic: name.slice(0, at), replyTo: name.slice(at + REPLY_TO.length).replaceAll(/%2F/gi, "/") };
}

/** A Topic Name of MQTT 3.1.1 that tells where to answer. */
export const joinTopic = (topic: string, replyTo: string): string => `${topic}${REPLY_TO}${replyTo.replaceAll("/", "%2F")}`;
