/** An instance that the agent leaves the factory with. */
export interface DeliveredInstance {
  /** Path of the table, with the numbers of instances above it: `Device.LocalAgent.Controller.1.MTP.` */
  readonly table: string;
  readonly instance: number;
  /** Values that are not those of a new instance, by path below it. Alias is `cpe-` and the number unless it is here. */
  readonly values?: Readonly<Record<string, string>>;
}

/** A subscription of a controller to the phone's start. */
export const bootSubscription = (controller: string): Readonly<Record<string, string>> => ({
  Recipient: controller,
  NotifType: "Event",
  ReferenceList: "Device.Boot!",
  Persistent: "true",
});
