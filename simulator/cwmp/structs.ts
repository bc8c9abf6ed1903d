import type { Arg } from "./soap.ts";

/** A ParameterValueStruct (TR-069 A.3.2.2). `type` is an XML Schema type without prefix. */
export const valueStruct = (name: string, value: string, type: string): Arg => ({
  name: "ParameterValueStruct",
  children: [
    { name: "Name", text: name },
    { name: "Value", text: value, type },
  ],
});
