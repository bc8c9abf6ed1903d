import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { accessCases } from "./access.ts";
import { accessAddCases } from "./access-add.ts";
import { accessNotifyCases } from "./access-notify.ts";
import { accessReadCases } from "./access-read.ts";
import { accessToldCases } from "./access-told.ts";
import { addCases } from "./add.ts";
import { addFailureCases } from "./add-failures.ts";
import { addSearchCases } from "./add-search.ts";
import { bootCases } from "./boot.ts";
import { bootByHandCases } from "./boot-by-hand.ts";
import { bulkCredentialCases } from "./bulk-credentials.ts";
import { bulkCsvCases } from "./bulk-csv.ts";
import { bulkFailedCases } from "./bulk-failed.ts";
import { bulkHttpCases } from "./bulk-http.ts";
import { bulkJsonCases } from "./bulk-json.ts";
import { bulkMqttCases } from "./bulk-mqtt.ts";
import { bulkProfileCases } from "./bulk-profile.ts";
import { bulkPushCases } from "./bulk-push.ts";
import { bulkRetryCases } from "./bulk-retry.ts";
import { certificateCases } from "./certificates.ts";
import { deleteCases } from "./delete.ts";
import { discoveryCases } from "./discovery.ts";
import { discoveryGatewayCases } from "./discovery-gateway.ts";
import { endpointIdCases } from "./endpoint-id.ts";
import { uspFactoryResetCases } from "./factory-reset.ts";
import { firmwareCases } from "./firmware.ts";
import { firmwareActivationCases } from "./firmware-activation.ts";
import { getCases } from "./get.ts";
import { getInstancesCases } from "./get-instances.ts";
import { getPathCases } from "./get-paths.ts";
import { searchCases } from "./get-search.ts";
import { instanceNumberCases } from "./instance-numbers.ts";
import { mdnsCases } from "./mdns.ts";
import { mdnsMqttCases } from "./mdns-mqtt.ts";
import { mqttConnectCases } from "./mqtt-connect.ts";
import { mqttControllerCases } from "./mqtt-controllers.ts";
import { mqttProfileCases } from "./mqtt-profiles.ts";
import { mqttPublishCases } from "./mqtt-publish.ts";
import { mqttRetryCases } from "./mqtt-retry.ts";
import { mqttRules } from "./mqtt-rules.ts";
import { mqttSubscribeCases } from "./mqtt-subscribe.ts";
import { mtpCertificateCases } from "./mtp-certificate.ts";
import { mtpTlsCases } from "./mtp-tls.ts";
import { nameCases } from "./names.ts";
import { newControllerCases } from "./new-controller.ts";
import { notifyCases } from "./notify.ts";
import { notifyRetryCases } from "./notify-retry.ts";
import { onBoardCases } from "./on-board.ts";
import { operateCases } from "./operate.ts";
import { operateManyCases } from "./operate-many.ts";
import { recordRuleCases } from "./record-rules.ts";
import { recordCases } from "./records.ts";
import { referenceCases } from "./references.ts";
import { robustCases } from "./robust.ts";
import { sessionCases } from "./session.ts";
import { sessionFailureCases } from "./session-failures.ts";
import { sessionLifeCases } from "./session-life.ts";
import { sessionRecordCases } from "./session-records.ts";
import { sessionRuleCases } from "./session-rules.ts";
import { setCases } from "./set.ts";
import { setPathCases } from "./set-paths.ts";
import { subscriptionCases } from "./subscription.ts";
import { supportedDmCases } from "./supported-dm.ts";
import { supportedProtocolCases } from "./supported-protocol.ts";
import { timerCases } from "./timer.ts";
import { trustCases } from "./trust.ts";
import { trustCertificateCases } from "./trust-certificates.ts";
import { trustChallengeCases } from "./trust-challenge.ts";
import { uniqueKeyCases } from "./unique-keys.ts";
import { valueCases } from "./values.ts";
import { websocketCases } from "./websocket.ts";
import { websocketRetryCases } from "./websocket-retry.ts";
import { websocketRules } from "./websocket-rules.ts";
import { websocketServerCases } from "./websocket-server.ts";

/** Every USP case, in the order of the test plan. */
export const uspCases: readonly AnyCase<Bench>[] = [
  ...addCases,
  ...addFailureCases,
  ...addSearchCases,
  ...setCases,
  ...setPathCases,
  ...uniqueKeyCases,
  ...deleteCases,
  ...getCases,
  ...getPathCases,
  ...referenceCases,
  ...instanceNumberCases,
  ...searchCases,
  ...getInstancesCases,
  ...supportedDmCases,
  ...supportedProtocolCases,
  ...subscriptionCases,
  ...notifyCases,
  ...notifyRetryCases,
  ...onBoardCases,
  ...newControllerCases,
  ...operateCases,
  ...trustCases,
  ...trustChallengeCases,
  ...trustCertificateCases,
  ...accessCases,
  ...accessAddCases,
  ...accessReadCases,
  ...accessToldCases,
  ...accessNotifyCases,
  ...operateManyCases,
  ...uspFactoryResetCases,
  ...timerCases,
  ...bootCases,
  ...bootByHandCases,
  ...certificateCases,
  ...firmwareCases,
  ...firmwareActivationCases,
  ...nameCases,
  ...endpointIdCases,
  ...recordCases,
  ...recordRuleCases,
  ...sessionCases,
  ...sessionRecordCases,
  ...sessionFailureCases,
  ...sessionLifeCases,
  ...sessionRuleCases,
  ...robustCases,
  ...mtpCertificateCases,
  ...websocketCases,
  ...websocketServerCases,
  ...websocketRules,
  ...websocketRetryCases,
  ...discoveryCases,
  ...discoveryGatewayCases,
  ...mdnsCases,
  ...mdnsMqttCases,
  ...mqttConnectCases,
  ...mqttRetryCases,
  ...mtpTlsCases,
  ...mqttProfileCases,
  ...mqttControllerCases,
  ...mqttSubscribeCases,
  ...mqttPublishCases,
  ...mqttRules,
  ...valueCases,
  ...bulkHttpCases,
  ...bulkPushCases,
  ...bulkMqttCases,
  ...bulkRetryCases,
  ...bulkFailedCases,
  ...bulkJsonCases,
  ...bulkCsvCases,
  ...bulkProfileCases,
  ...bulkCredentialCases,
];
