import { must, should } from "../rows.ts";

/** Modifiers of a param_map line (guide to TR-069, Modifiers), and what is decided where the guide is silent. */
export const mapModifierRequirements = [
  must("SNOM-TR-069:Modifiers#read-write", "lets parameters whose modifier is = be written"),
  must("SNOM-TR-069:Modifiers#read-only", "lets nobody write parameters whose modifier is !=, and answers 9008"),
  must("SNOM-TR-069:Modifiers#read-only-setting", "changes no setting through a line whose modifier is !="),
  must("SNOM-TR-069:Modifiers#disabled-is-writable", "lets parameters whose modifier is $= be written"),
  must("SNOM-TR-069:Modifiers#active-is-writable", "lets parameters whose modifier is *= be written"),
  must("SNOM-TR-069:Modifiers#not-supported", "lists no parameters whose modifier is &=, and answers 9005 for their names"),
  must("SNOM-TR-069:Modifiers#access", "marks parameters in GetParameterNames as writable by their modifiers"),
  must("SNOM-TR-069:Modifiers#passive", "notifies passively, or not at all, of lines whose modifier is ="),
  must("SNOM-TR-069:Modifiers#notification-disabled", "does not notify of lines whose modifier is $="),
  must("SNOM-TR-069:Modifiers#active-notification", "notifies actively of lines whose modifier is *="),
  must("SNOM-TR-069:General-syntax#first-equals", "takes the first = behind the name for the end of the modifier"),
  should("PARAM-MAP:modifiers#passive-at-first", "notifies passively of lines whose modifier is =, as the guide says"),
  should("PARAM-MAP:modifiers#read-only-notification", "does not notify of read-only lines until an ACS asks for it"),
  should("PARAM-MAP:modifiers#unsupported-object", "has no object that only lines with &= make up"),
];

/** What SetParameterAttributes does to modifiers, and how long it lasts. */
export const mapAttributeRequirements = [
  must("SNOM-TR-069:Modifiers#set-active", "changes a line's modifier to *= when it is given active notification"),
  must("SNOM-TR-069:Modifiers#set-passive", "changes a line's modifier to = when it is given passive notification"),
  must("SNOM-TR-069:Modifiers#set-off", "changes a line's modifier to $= when its notification is turned off"),
  must("SNOM-TR-069:Modifiers#set-below", "changes the modifiers of all writable lines below a partial path, and no others"),
  must("SNOM-TR-069:Modifiers#stays-read-only", "keeps the modifier != whatever notification a line is given"),
  should("PARAM-MAP:writing#attributes-alone", "changes nothing of the map but a modifier when attributes are set"),
  should("PARAM-MAP:writing#modifier-stays", "keeps the modifier of a line whose value is written"),
  should("PARAM-MAP:attributes#access-list", "keeps AccessLists beside the map, which has no sign for them"),
  should("PARAM-MAP:attributes#modifier-after-boot", "has the modifier that an attribute gave a line after a reboot too"),
  should("PARAM-MAP:loading#new-attributes", "has the notifications of a map that is loaded in place of those set before"),
];
