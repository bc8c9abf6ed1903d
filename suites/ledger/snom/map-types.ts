import { must } from "../rows.ts";

/** Types of a param_map line (guide to TR-069, Parameter types). */
export const mapTypeRequirements = [
  must("SNOM-TR-069:Parameter-types#string", "gives the value of a line of type string as an xsd:string"),
];
