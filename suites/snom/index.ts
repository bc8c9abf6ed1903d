import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { customizeCases } from "./customize.ts";
import { snomDhcpCases } from "./dhcp.ts";
import { snomFactoryResetCases } from "./factory-reset.ts";
import { factoryResetPendingCases } from "./factory-reset-pending.ts";
import { localChangeCases } from "./local-change.ts";
import { localChangeSettingsCases } from "./local-change-settings.ts";
import { mapAgreesCases } from "./map-agrees.ts";
import { mapAttributeCases } from "./map-attributes.ts";
import { mapAttributeKeptCases } from "./map-attributes-kept.ts";
import { mapDownloadCases } from "./map-download.ts";
import { mapLineCases } from "./map-lines.ts";
import { mapBrokenLineCases } from "./map-lines-broken.ts";
import { mapModifierCases } from "./map-modifiers.ts";
import { mapSafetyCases } from "./map-safety.ts";
import { mapTextCases } from "./map-texts.ts";
import { mapTypeCases } from "./map-types.ts";
import { mapTypeWrittenCases } from "./map-types-written.ts";
import { mapUnsupportedCases } from "./map-unsupported.ts";
import { mapUploadCases } from "./map-upload.ts";
import { mapValueCases } from "./map-values.ts";
import { minibrowserCases } from "./minibrowser.ts";
import { provisioningCases } from "./provisioning.ts";
import { provisioningFailuresCases } from "./provisioning-failures.ts";
import { provisioningFilesCases } from "./provisioning-files.ts";
import { provisioningFirmwareCases } from "./provisioning-firmware.ts";
import { provisioningManagedCases } from "./provisioning-managed.ts";
import { provisioningMapCases } from "./provisioning-map.ts";
import { provisioningPermissionsCases } from "./provisioning-permissions.ts";
import { rolloutCases } from "./rollout.ts";
import { settingsCases, settingsRebootCases } from "./settings.ts";
import { settingsAcsCases } from "./settings-acs.ts";
import { settingsPageCases } from "./settings-page.ts";
import { twoProtocolCases } from "./two-protocols.ts";
import { uspAgentCases } from "./usp-agent.ts";
import { uspLineCases } from "./usp-lines.ts";
import { uspSettingsCases } from "./usp-settings.ts";
import { uspSpecialValueCases } from "./usp-special-values.ts";
import { vendorMethodCases } from "./vendor-methods.ts";

/** Every case on what is the vendor's own, from the map to the phone's life before its first contact. */
export const snomCases: readonly AnyCase<Bench>[] = [
  ...mapTypeCases,
  ...mapTypeWrittenCases,
  ...mapValueCases,
  ...mapTextCases,
  ...mapSafetyCases,
  ...mapModifierCases,
  ...mapUnsupportedCases,
  ...mapAttributeCases,
  ...mapAttributeKeptCases,
  ...settingsCases,
  ...settingsAcsCases,
  ...settingsPageCases,
  ...settingsRebootCases,
  ...localChangeCases,
  ...localChangeSettingsCases,
  ...uspSettingsCases,
  ...uspSpecialValueCases,
  ...vendorMethodCases,
  ...minibrowserCases,
  ...customizeCases,
  ...provisioningCases,
  ...provisioningMapCases,
  ...provisioningManagedCases,
  ...provisioningFilesCases,
  ...provisioningPermissionsCases,
  ...provisioningFirmwareCases,
  ...provisioningFailuresCases,
  ...snomDhcpCases,
  ...rolloutCases,
  ...snomFactoryResetCases,
  ...factoryResetPendingCases,
  ...mapLineCases,
  ...mapBrokenLineCases,
  ...mapAgreesCases,
  ...mapUploadCases,
  ...mapDownloadCases,
  ...uspLineCases,
  ...twoProtocolCases,
  ...uspAgentCases,
];
