/** Whether a topic filter takes in a topic (MQTT 5.0 4.7). */
export function covers(filter: string, topic: string): boolean {
  const [levels, names] = [filter.split("/"), topic.split("/")];
  // Wildcards do not match topics that begin with $ at their first level (4.7.2).
  if (topic.startsWith("$") && /^[#+]/.test(filter)) return false;
  for (const [place, level] of levels.entries()) {
    if (level === "#") return true;
    if (place >= names.length || (level !== "+" && level !== names[place])) return false;
  }
  return levels.length === names.length;
}

export const hasWildcard = (filter: string): boolean => /[#+]/.test(filter);

/** What comes before the reply-to topic in the topic name of a publication over MQTT 3.1.1. */
const REPLY_TO = "/reply-to=";

/** The topic name that tells of a reply-to topic as well (R-MQTT.24). */
export const withReplyTo = (topic: string, replyTo: string): string => `${topic}${REPLY_TO}${replyTo.replaceAll("/", "%2F")}`;

/** The reply-to topic in a topic name; undefined when there is none (R-MQTT.25). */
export function replyToIn(topic: string): string | undefined {
  const place = topic.lastIndexOf(REPLY_TO);
  return place < 0 ? undefined : topic.slice(place + REPLY_TO.length).replaceAll("%2F", "/");
}
