import { must, should } from "../rows.ts";

/** What a device takes from the option in which a gateway tells who it is: TR-111 Part 1, 1.2.2 and 1.2.5, RFC 3925 and RFC 3396. */
export const gatewayIdentityRequirements = [
  must("TR-111:1.2.2#gateway-oui", "records the gateway's OUI as GatewayInfo.ManufacturerOUI"),
  must("TR-111:1.2.2#gateway-serial-number", "records the gateway's serial number as GatewayInfo.SerialNumber"),
  must("TR-111:1.2.2#gateway-product-class", "records the gateway's product class as GatewayInfo.ProductClass"),
  must("TR-111:1.2.2#no-gateway-oui", "records an empty string when the gateway tells no OUI"),
  must("TR-111:1.2.2#no-gateway-serial-number", "records an empty string when the gateway tells no serial number"),
  must("TR-111:1.2.2#no-gateway-product-class", "records an empty string when the gateway tells no product class"),
  must("TR-111:1.2.2#no-option", "records empty strings when a DHCPACK comes without option 125"),
  must("TR-111:1.2.2#no-block", "records empty strings when option 125 tells of other enterprises only"),
  must("TR-111:1.2.2#rebound", "records what the server says that takes its lease over"),
  must("TR-111:1.2.2#informed", "records what the answer to its DHCPINFORM says"),
  // Both messages are named; the one that binds is the last one (RFC 2131 3.1).
  must("TR-111:1.2.2#acknowledged", "goes by the DHCPACK where it says something else than the DHCPOFFER"),
  should("TR-111:1.2.2#offered-only", "records empty strings when the DHCPOFFER told a gateway and the DHCPACK tells none"),

  must("RFC-3925:4#block-behind", "finds the block of 3561 behind that of another enterprise"),
  must("RFC-3925:4#block-before", "finds the block of 3561 before that of another enterprise"),
  must("RFC-3925:4#block-between", "finds the block of 3561 between those of other enterprises"),
  must("RFC-3396:7#joined", "joins the instances of option 125 in a message, wherever it was cut, before it reads them"),
  must("RFC-3396:7#joined-blocks", "finds the block of 3561 in a second instance of option 125"),
  must("RFC-3925:4#any-order", "takes sub-options in any order"),
  must("RFC-3925:4#unknown", "passes over sub-options that it does not know"),
  must("RFC-3925:4#zero-length", "takes a sub-option without octets for an empty string"),
  // Nothing is said of it: either of the two, both joined as options are (RFC 3396), or none may count.
  should("RFC-3925:4#repeated", "makes nothing else of a repeated sub-option than the values that were told"),

  // A sub-option, or a block, that runs out of what holds it is none: its element is not present, or the whole option is not read.
  must("RFC-3925:4#sub-option-too-long", "records nothing that a sub-option seems to tell which runs past its block"),
  must("RFC-3925:4#sub-option-cut", "records nothing for a sub-option whose length is missing"),
  must("RFC-3925:4#block-too-long", "records nothing that comes of a block which runs past its option"),
  must("RFC-3925:4#block-cut", "records nothing for a block whose length is missing"),
  must("RFC-3925:4#too-short", "records nothing for an option that is too short for an enterprise number"),
  should("RFC-3925:4#lease-kept", "keeps and renews its lease, whatever is wrong in option 125"),

  should("TR-111:1.2.5#nul-dropped", "does not take a NUL at the end of a gateway's string for a part of it"),
  must("TR-106:GatewayInfo#serial-number-64", "records a serial number of 64 octets whole"),
  must("TR-106:GatewayInfo#product-class-64", "records a product class of 64 octets whole"),
  must("TR-106:GatewayInfo#serial-number-limit", "never has more than 64 characters in GatewayInfo.SerialNumber"),
  must("TR-106:GatewayInfo#product-class-limit", "never has more than 64 characters in GatewayInfo.ProductClass"),
  must("TR-106:GatewayInfo#oui-limit", "never has more than 6 characters in GatewayInfo.ManufacturerOUI"),
  must("TR-111:1.2.2#markup", "records characters that XML has to escape as they are"),
  must("TR-111:1.2.2#any-octets", "sends well-formed messages whatever octets a gateway's strings have"),
];
