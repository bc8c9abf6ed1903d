/** An IPv4 address as a number. */
export const numberOf = (address: string): number => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);

/** A number as an IPv4 address. */
export const addressOf = (number: number): string => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join(".");

/** Whether an address is in the network that another one is in. */
export const isWithin = (address: string, other: string, prefix: number): boolean => {
  const size = 2 ** (32 - prefix);
  return Math.floor(numberOf(address) / size) === Math.floor(numberOf(other) / size);
};

/** The address by which all in that network are reached. */
export const broadcastOf = (address: string, prefix: number): string => {
  const size = 2 ** (32 - prefix);
  return addressOf(Math.floor(numberOf(address) / size) * size + size - 1);
};

export const isMulticast = (address: string): boolean => isWithin(address, "224.0.0.0", 4);
