/** How findings name what is decoded, given directly or from what it turns out to be: `GET_RESP`, `DHCPREQUEST`, `nothing`. */
export type Naming = string | ((what: string) => string);

export const nameOf = (where: Naming, what: string): string => (typeof where === "string" ? where : where(what));
