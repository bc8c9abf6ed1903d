import { must, should } from "../rows.ts";

/** The lines for TR-369 in the map (guide to TR-369, the parameter lines that a factory reset brings). */
export const uspLineRequirements = [
  must("SNOM-TR-369:Parameter-lines#after-reset", "has every published line in its map after a factory reset"),
  must("SNOM-TR-369:Parameter-lines#type", "has them with the published types"),
  must("SNOM-TR-369:Parameter-lines#modifier", "has them with the published modifiers"),
  must("SNOM-TR-369:Parameter-lines#value", "has them with the published values"),
  must("SNOM-TR-369:Parameter-lines#listed", "lists the parameters of these lines to the ACS"),
  must("SNOM-TR-369:Parameter-lines#typed", "gives them to the ACS with the types of their lines"),
  must("SNOM-TR-369:Parameter-lines#cwmp-without", "is managed by CWMP when its map has none of them"),
  should("SNOM-TR-369:Parameter-lines#gone-without", "does not have their parameters then"),
  must("SNOM-TR-369:Parameter-lines#one-controller", "has the parameters of that controller alone whose lines are there"),
];
