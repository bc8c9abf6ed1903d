import type { Mutant } from "./mutant.ts";

/** Phones that lose, keep or misspell the cookies of the ACS. */
export const cookiesMutants: readonly Mutant[] = [
  {
    id: "cookie-never-returned",
    phone: "A phone that returns no cookies.",
    breaks: "TR-069:3.4.2#cookie",
    quirk: "M18",
    caught: {
      "cwmp.cookies.returned": ["TR-069:3.4.2#cookie"],
      "cwmp.cookies.without-path": ["TR-069:3.4.2#cookie-without-path"],
      "cwmp.cookies.several": ["TR-069:3.4.2#several-cookies"],
      "cwmp.cookies.storage": ["TR-069:3.4.2#cookie-storage"],
      "cwmp.cookies.changed": ["TR-069:3.4.2#cookie-changed"],
      "cwmp.redirects.cookies": ["TR-069:3.4.2#redirect-cookies"],
    },
    change: () => ({ http: { cookieHeader: () => undefined } }),
  },
  {
    id: "cookie-only-with-path",
    phone: "A phone that returns a cookie only when it was set with a Path.",
    breaks: "TR-069:3.4.2#cookie-without-path",
    quirk: "M19",
    caught: { "cwmp.cookies.without-path": ["TR-069:3.4.2#cookie-without-path"] },
    change: ({ http }) => ({
      http: { storeCookie: (jar, value, now) => (/;\s*path=/i.test(value) ? http.storeCookie(jar, value, now) : jar) },
    }),
  },
  {
    id: "cookie-two-at-most",
    phone: "A phone that has room for two cookies and forgets the oldest.",
    breaks: "TR-069:3.4.2#several-cookies",
    caught: {
      "cwmp.cookies.several": ["TR-069:3.4.2#several-cookies"],
      "cwmp.cookies.storage": ["TR-069:3.4.2#cookie-storage"],
    },
    change: ({ http }) => ({ http: { storeCookie: (jar, value, now) => http.storeCookie(jar, value, now).slice(-2) } }),
  },
  {
    id: "cookie-256-octets",
    phone: "A phone that has 256 octets for all its cookies.",
    breaks: "TR-069:3.4.2#cookie-storage",
    caught: { "cwmp.cookies.storage": ["TR-069:3.4.2#cookie-storage"] },
    change: ({ http }) => ({
      http: {
        storeCookie(jar, value, now) {
          const more = http.storeCookie(jar, value, now);
          return (http.cookieHeader(more, now)?.length ?? 0) > 256 ? jar : more;
        },
      },
    }),
  },
  {
    id: "cookie-with-attributes",
    phone: "A phone that returns cookies with their attributes.",
    breaks: "TR-069:3.4.2#cookie-attributes",
    quirk: "M20",
    caught: { "cwmp.cookies.attributes": ["TR-069:3.4.2#cookie-attributes"] },
    change: ({ http }) => ({
      http: {
        cookieHeader: (jar, now) =>
          http.cookieHeader(
            jar.map((cookie) => ({ ...cookie, value: [cookie.value, cookie.attributes].filter(Boolean).join("; ") })),
            now,
          ),
      },
    }),
  },
  {
    id: "cookie-commas",
    phone: "A phone that separates cookies by commas.",
    breaks: "TR-069:3.4.2#cookie-separator",
    quirk: "M21",
    caught: { "cwmp.cookies.separator": ["TR-069:3.4.2#cookie-separator"] },
    change: ({ http }) => ({ http: { cookieHeader: (jar, now) => http.cookieHeader(jar, now)?.replaceAll("; ", ", ") } }),
  },
  {
    id: "cookie-first-value-stays",
    phone: "A phone that does not take a new value for a cookie that it has.",
    breaks: "TR-069:3.4.2#cookie-changed",
    caught: { "cwmp.cookies.changed": ["TR-069:3.4.2#cookie-changed"] },
    change: ({ http }) => ({
      http: {
        storeCookie(jar, value, now) {
          const more = http.storeCookie(jar, value, now);
          return more.length > jar.length ? more : jar;
        },
      },
    }),
  },
  {
    id: "cookie-of-earlier-session",
    phone: "A phone that takes its cookies into the next session.",
    breaks: "TR-069:3.4.2#cookies-discarded",
    quirk: "M22",
    caught: { "cwmp.cookies.discarded": ["TR-069:3.4.2#cookies-discarded"] },
    change: () => ({ http: { cookiesKept: (jar) => jar } }),
  },
];
