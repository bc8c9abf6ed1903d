import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** Cookies of a POST. Commas separate as well here, as RFC 2965 allows; whether they may is judged on its own. */
export function cookiesOf({ request }: Exchange): readonly Cookie[] {
  return request.headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, field]) => field.split(/[;,]/))
    .map((pair) => /^\s*([^=]*?)\s*(?:=\s*"?(.*?)"?\s*)?$/.exec(pair))
    .flatMap((parts) => (parts?.[1] ? [{ name: parts[1], value: parts[2] ?? "" }] : []));
}

/** The POST carries all of these cookies with these values. */
export function returned(requirement: string, exchange: Exchange, cookies: Readonly<Record<string, string>>): Finding {
  const found = cookiesOf(exchange);
  const missing = Object.entries(cookies).filter(
    ([name, value]) => !found.some((one) => one.name === name && one.value === value),
  );
  const others = missing.map(([name]) => found.find((one) => one.name === name)).filter((one) => one !== undefined);
  return holds(requirement, missing.length === 0, {
    expected: Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join("; "),
    actual:
      missing.length === 0
        ? "so"
        : [
            `no ${missing.map(([name]) => name).join(", ")} with that value`,
            ...others.map(({ name, value }) => `but ${name}=${value}`),
          ].join(", "),
    where: `${exchange.where}, header Cookie`,
  });
}
