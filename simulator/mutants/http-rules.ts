import type { Mutant } from "./mutant.ts";

/** Phones that get one field of HTTP wrong. Where it does no harm elsewhere, only for one kind of message. */
export const httpRulesMutants: readonly Mutant[] = [
  {
    id: "http-version-1-0",
    phone: "A phone that falls back to HTTP/1.0 for its faults.",
    breaks: "TR-069:3.4#http-1.1",
    caught: { "cwmp.http.version": ["TR-069:3.4#http-1.1"] },
    change: ({ http }) => ({ http: { version: (kind) => (kind === "fault" ? "HTTP/1.0" : http.version(kind)) } }),
  },
  {
    id: "http-no-host",
    phone: "A phone that leaves Host out when it sends its message again with credentials.",
    breaks: "HTTP:9112-3.2#host",
    caught: { "cwmp.http.host": ["HTTP:9112-3.2#host"] },
    change: () => ({
      http: {
        arrangeFields: (fields) =>
          fields.some(([name]) => name === "Authorization") ? fields.filter(([name]) => name !== "Host") : fields,
      },
    }),
  },
  {
    id: "http-two-hosts",
    phone: "A phone that adds another Host when it adds its credentials.",
    breaks: "HTTP:9112-3.2#host",
    caught: { "cwmp.http.host": ["HTTP:9112-3.2#host"] },
    change: () => ({
      http: {
        arrangeFields: (fields) =>
          fields.flatMap(([name, value]) =>
            name === "Authorization"
              ? [
                  ["Host", "acs"],
                  [name, value],
                ]
              : [[name, value]],
          ),
      },
    }),
  },
  {
    id: "http-get-after-301",
    phone: "A phone that follows a 301 with GET, as a browser does.",
    breaks: "TR-069:3.4.1#post",
    caught: { "cwmp.http.post": ["TR-069:3.4.1#post"] },
    change: ({ http }) => ({
      http: { redirectedMethod: (status) => (status === 301 ? "GET" : http.redirectedMethod(status)) },
    }),
  },
  {
    id: "http-text-html",
    phone: "A phone that labels its Inform text/html.",
    breaks: "TR-069:3.4.1#content-type",
    quirk: "M15",
    caught: { "cwmp.http.content-type": ["TR-069:3.4.1#content-type"] },
    change: ({ http }) => ({
      http: { contentType: (kind) => (kind === "inform" ? "text/html; charset=utf-8" : http.contentType(kind)) },
    }),
  },
  {
    id: "http-application-soap-xml",
    phone: "A phone that labels its faults application/soap+xml, as for SOAP 1.2.",
    breaks: "TR-069:3.4.1#content-type",
    caught: { "cwmp.http.content-type": ["TR-069:3.4.1#content-type"] },
    change: ({ http }) => ({
      http: { contentType: (kind) => (kind === "fault" ? "application/soap+xml; charset=utf-8" : http.contentType(kind)) },
    }),
  },
  {
    id: "http-other-charset",
    phone: "A phone that names ISO-8859-1 for faults that it writes in UTF-8.",
    breaks: "TR-069:3.4.1#charset",
    caught: { "cwmp.http.charset": ["TR-069:3.4.1#charset"] },
    change: ({ http }) => ({
      http: { contentType: (kind) => (kind === "fault" ? 'text/xml; charset="iso-8859-1"' : http.contentType(kind)) },
    }),
  },
  {
    id: "http-no-soap-action-on-answers",
    phone: "A phone that sends no SOAPAction with its responses.",
    breaks: "TR-069:3.4.1#soap-action-empty",
    quirk: "M17",
    caught: { "cwmp.http.soap-action-on-answers": ["TR-069:3.4.1#soap-action-empty"] },
    change: ({ http }) => ({ http: { soapAction: (kind) => (kind === "response" ? undefined : http.soapAction(kind)) } }),
  },
  {
    id: "http-soap-action-with-value",
    phone: "A phone that gives SOAPAction a pair of quotes in its faults.",
    breaks: "TR-069:3.4.1#soap-action-empty",
    caught: { "cwmp.http.soap-action-on-answers": ["TR-069:3.4.1#soap-action-empty"] },
    change: ({ http }) => ({ http: { soapAction: (kind) => (kind === "fault" ? '""' : http.soapAction(kind)) } }),
  },
  {
    id: "http-no-soap-action-on-requests",
    phone: "A phone that sends no SOAPAction with TransferComplete.",
    breaks: "SOAP-1.1:6.1.1#soap-action",
    caught: { "cwmp.http.soap-action-on-requests": ["SOAP-1.1:6.1.1#soap-action"] },
    change: ({ http }) => ({ http: { soapAction: (kind) => (kind === "request" ? undefined : http.soapAction(kind)) } }),
  },
  {
    id: "http-soap-action-on-empty-post",
    phone: "A phone that sends an empty SOAPAction with its empty POST.",
    breaks: "TR-069:3.4.1#empty-post-soap-action",
    caught: { "cwmp.http.empty-post-soap-action": ["TR-069:3.4.1#empty-post-soap-action"] },
    change: () => ({ http: { soapAction: () => "" } }),
  },
  {
    id: "http-content-type-on-empty-post",
    phone: "A phone that sends a Content-Type, though one without a value, with its empty POST.",
    breaks: "TR-069:3.4.1#empty-post-content-type",
    quirk: "M16",
    caught: { "cwmp.http.empty-post-content-type": ["TR-069:3.4.1#empty-post-content-type"] },
    change: ({ http }) => ({ http: { contentType: (kind) => (kind === "empty" ? "" : http.contentType(kind)) } }),
  },
  {
    id: "http-line-break-for-nothing",
    phone: "A phone that sends a line break when it has nothing to say.",
    breaks: "TR-069:3.4.6#empty-post-length",
    caught: { "cwmp.http.empty-post-length": ["TR-069:3.4.6#empty-post-length"] },
    change: () => ({ http: { emptyBody: () => Buffer.from("\r\n") } }),
  },
];
