import type { Mutant } from "./mutant.ts";

/** Phones that follow redirects wrongly, or for too long. */
export const redirectsMutants: readonly Mutant[] = [
  {
    id: "redirect-302-unknown",
    phone: "A phone that does not follow a 302.",
    breaks: "TR-069:3.4.2#redirect-302",
    caught: {
      "cwmp.redirects.found": ["TR-069:3.4.2#redirect-302"],
      "cwmp.redirects.body": ["TR-069:3.4.2#redirect-body"],
      "cwmp.redirects.empty-post": ["TR-069:3.4.2#redirect-empty-post"],
      "cwmp.redirects.response": ["TR-069:3.4.2#redirect-response"],
      "cwmp.redirects.five": ["TR-069:3.4.2#five-redirects"],
      "cwmp.redirects.cookies": ["TR-069:3.4.2#redirect-cookies"],
    },
    change: ({ http }) => ({
      http: { followsRedirect: (status, kind, length) => status !== 302 && http.followsRedirect(status, kind, length) },
    }),
  },
  {
    id: "redirect-by-get",
    phone: "A phone that follows a 302 with GET, as a browser does.",
    breaks: "TR-069:3.4.2#redirect-302",
    caught: {
      "cwmp.http.post": ["TR-069:3.4.1#post"],
      "cwmp.redirects.found": ["TR-069:3.4.2#redirect-302"],
      "cwmp.redirects.body": ["TR-069:3.4.2#redirect-body"],
      "cwmp.redirects.empty-post": ["TR-069:3.4.2#redirect-empty-post"],
      "cwmp.redirects.response": ["TR-069:3.4.2#redirect-response"],
      "cwmp.redirects.five": ["TR-069:3.4.2#five-redirects"],
      "cwmp.redirects.cookies": ["TR-069:3.4.2#redirect-cookies"],
    },
    change: ({ http }) => ({
      http: { redirectedMethod: (status) => (status === 302 ? "GET" : http.redirectedMethod(status)) },
    }),
  },
  {
    id: "redirect-307-unknown",
    phone: "A phone that does not follow a 307.",
    breaks: "TR-069:3.4.2#redirect-307",
    caught: { "cwmp.redirects.temporary": ["TR-069:3.4.2#redirect-307"] },
    change: ({ http }) => ({
      http: { followsRedirect: (status, kind, length) => status !== 307 && http.followsRedirect(status, kind, length) },
    }),
  },
  {
    id: "redirect-body-read",
    phone: "A phone that takes a redirect with a body for a message.",
    breaks: "TR-069:3.4.2#redirect-body",
    caught: { "cwmp.redirects.body": ["TR-069:3.4.2#redirect-body"] },
    change: ({ http }) => ({
      http: { followsRedirect: (status, kind, length) => length === 0 && http.followsRedirect(status, kind, length) },
    }),
  },
  {
    id: "redirect-for-one-message",
    phone: "A phone that goes back to the ACS URL with the next message.",
    breaks: "TR-069:3.4.2#redirect-rest-of-session",
    caught: { "cwmp.redirects.rest-of-session": ["TR-069:3.4.2#redirect-rest-of-session"] },
    change: () => ({ http: { redirectLasts: () => false } }),
  },
  {
    id: "redirect-of-empty-post",
    phone: "A phone that does not follow the redirect of an empty POST.",
    breaks: "TR-069:3.4.2#redirect-empty-post",
    caught: {
      "cwmp.redirects.empty-post": ["TR-069:3.4.2#redirect-empty-post"],
      "cwmp.redirects.cookies": ["TR-069:3.4.2#redirect-cookies"],
    },
    change: ({ http }) => ({
      http: { followsRedirect: (status, kind, length) => kind !== "empty" && http.followsRedirect(status, kind, length) },
    }),
  },
  {
    id: "redirect-of-response",
    phone: "A phone that does not follow the redirect of a response.",
    breaks: "TR-069:3.4.2#redirect-response",
    caught: { "cwmp.redirects.response": ["TR-069:3.4.2#redirect-response"] },
    change: ({ http }) => ({
      http: { followsRedirect: (status, kind, length) => kind !== "response" && http.followsRedirect(status, kind, length) },
    }),
  },
  {
    id: "redirect-limit-3",
    phone: "A phone that gives up at the fourth redirect in a row.",
    breaks: "TR-069:3.4.2#five-redirects",
    caught: { "cwmp.redirects.five": ["TR-069:3.4.2#five-redirects"] },
    change: () => ({ http: { redirectLimit: () => 3 } }),
  },
  {
    id: "redirect-no-limit",
    phone: "A phone that follows redirects without end.",
    breaks: "TR-069:3.4.2#redirect-loop",
    caught: { "cwmp.redirects.loop": ["TR-069:3.4.2#redirect-loop"] },
    change: () => ({ http: { redirectLimit: () => Number.POSITIVE_INFINITY } }),
  },
  {
    id: "redirect-kept",
    phone: "A phone that keeps the URL of a redirect for later sessions.",
    breaks: "TR-069:3.4.2#redirect-not-saved",
    quirk: "M80",
    caught: { "cwmp.redirects.not-saved": ["TR-069:3.4.2#redirect-not-saved"] },
    change: () => ({
      http: { redirectKept: ({ status, url }, session) => (session === "clean" && status !== 301 ? url : undefined) },
    }),
  },
  {
    id: "redirect-kept-for-retry",
    phone: "A phone that retries a failed session where it was redirected to.",
    breaks: "TR-069:3.4.2#redirect-not-for-retries",
    quirk: "M80",
    caught: { "cwmp.redirects.not-for-retries": ["TR-069:3.4.2#redirect-not-for-retries"] },
    change: () => ({
      http: { redirectKept: ({ status, url }, session) => (session === "failed" && status === 302 ? url : undefined) },
    }),
  },
  {
    id: "redirect-301-kept",
    phone: "A phone that takes a 301 for its new ACS URL.",
    breaks: "TR-069:3.4.2#redirect-301-not-saved",
    quirk: "M80",
    caught: { "cwmp.redirects.permanent-not-saved": ["TR-069:3.4.2#redirect-301-not-saved"] },
    change: () => ({ http: { redirectKept: ({ status, url }) => (status === 301 ? url : undefined) } }),
  },
  {
    id: "redirect-cookies-lost",
    phone: "A phone that leaves its cookies behind when it is redirected to another port.",
    breaks: "TR-069:3.4.2#redirect-cookies",
    caught: { "cwmp.redirects.cookies": ["TR-069:3.4.2#redirect-cookies"] },
    change: () => ({ http: { cookiesAfterRedirect: (jar, from, to) => (from.host === to.host ? jar : []) } }),
  },
];
