import { accessListMutants } from "./access-list.ts";
import { acsMessagesMutants } from "./acs-messages.ts";
import { addObjectMutants } from "./add-object.ts";
import { bootEventsMutants } from "./boot-events.ts";
import { connectionMutants } from "./connection.ts";
import { connectionRequestMutants } from "./connection-request.ts";
import { connectionRequestLoadMutants } from "./connection-request-load.ts";
import { cookiesMutants } from "./cookies.ts";
import { deleteObjectMutants } from "./delete-object.ts";
import { discoveryMutants } from "./discovery.ts";
import { eventDeliveryMutants } from "./event-delivery.ts";
import { faultsMutants } from "./faults.ts";
import { getParameterAttributesMutants } from "./get-parameter-attributes.ts";
import { getParameterNamesMutants } from "./get-parameter-names.ts";
import { getParameterNamesPathsMutants } from "./get-parameter-names-paths.ts";
import { getParameterValuesMutants } from "./get-parameter-values.ts";
import { getRpcMethodsMutants } from "./get-rpc-methods.ts";
import { holdRequestsMutants } from "./hold-requests.ts";
import { httpResponsesMutants } from "./http-responses.ts";
import { httpRulesMutants } from "./http-rules.ts";
import { informMutants } from "./inform.ts";
import { malformedAnswersMutants } from "./malformed-answers.ts";
import type { Mutant } from "./mutant.ts";
import { notificationMutants } from "./notification.ts";
import { notificationAttributeMutants } from "./notification-attribute.ts";
import { notificationDeliveryMutants } from "./notification-delivery.ts";
import { objectPathsMutants } from "./object-paths.ts";
import { propertiesMutants } from "./properties.ts";
import { propertiesDataMutants } from "./properties-data.ts";
import { rebootMutants } from "./reboot.ts";
import { redirectsMutants } from "./redirects.ts";
import { scheduleInformMutants } from "./schedule-inform.ts";
import { sessionMutants } from "./session.ts";
import { sessionEndMutants } from "./session-end.ts";
import { sessionFaultsMutants } from "./session-faults.ts";
import { setParameterAttributesMutants } from "./set-parameter-attributes.ts";
import { setParameterValuesMutants } from "./set-parameter-values.ts";
import { setParameterValuesFaultsMutants } from "./set-parameter-values-faults.ts";
import { setParameterValuesTypesMutants } from "./set-parameter-values-types.ts";
import { snomDhcpMutants } from "./snom-dhcp.ts";
import { snomFirmwareMutants } from "./snom-firmware.ts";
import { snomLocalMutants } from "./snom-local.ts";
import { snomMapAttributesMutants } from "./snom-map-attributes.ts";
import { snomMapBrokenMutants } from "./snom-map-broken.ts";
import { snomMapDownloadMutants } from "./snom-map-download.ts";
import { snomMapLinesMutants } from "./snom-map-lines.ts";
import { snomMapLoadingMutants } from "./snom-map-loading.ts";
import { snomMapModifiersMutants } from "./snom-map-modifiers.ts";
import { snomMapSafetyMutants, snomMapTextsMutants } from "./snom-map-texts.ts";
import { snomMapTypesMutants } from "./snom-map-types.ts";
import { snomMapTypesWrittenMutants } from "./snom-map-types-written.ts";
import { snomMapValuesMutants } from "./snom-map-values.ts";
import { snomMinibrowserMutants } from "./snom-minibrowser.ts";
import { snomProvisioningMutants } from "./snom-provisioning.ts";
import { snomProvisioningLifeMutants } from "./snom-provisioning-life.ts";
import { snomResetMutants } from "./snom-reset.ts";
import { snomSettingsMutants } from "./snom-settings.ts";
import { snomSettingsPageMutants } from "./snom-settings-page.ts";
import { snomUspMutants } from "./snom-usp.ts";
import { snomUspAgentMutants } from "./snom-usp-agent.ts";
import { snomUspLinesMutants } from "./snom-usp-lines.ts";
import { snomUspValuesMutants } from "./snom-usp-values.ts";
import { snomVendorMutants } from "./snom-vendor.ts";
import { soapRulesMutants } from "./soap-rules.ts";
import { tr111AssociationMutants } from "./tr111-association.ts";
import { tr111GatewayMutants } from "./tr111-gateway.ts";
import { tr111GatewayInfoMutants } from "./tr111-gateway-info.ts";
import { tr111GatewayOptionMutants } from "./tr111-gateway-option.ts";
import { tr111IdentityMutants } from "./tr111-identity.ts";
import { tr111StunMutants } from "./tr111-stun.ts";
import { tr111StunAddressMutants } from "./tr111-stun-address.ts";
import { tr111StunBindingMutants } from "./tr111-stun-binding.ts";
import { tr111StunIntegrityMutants } from "./tr111-stun-integrity.ts";
import { tr111StunKeepAliveMutants } from "./tr111-stun-keep-alive.ts";
import { tr111StunParametersMutants } from "./tr111-stun-parameters.ts";
import { tr111UdpConnectionRequestMutants } from "./tr111-udp-connection-request.ts";
import { tr111UdpConnectionRequestRefusedMutants } from "./tr111-udp-connection-request-refused.ts";
import { uspAccessMutants } from "./usp-access.ts";
import { uspAccessReadMutants } from "./usp-access-read.ts";
import { uspAddMutants } from "./usp-add.ts";
import { uspArchitectureMutants } from "./usp-architecture.ts";
import { uspBootByHandMutants } from "./usp-boot-by-hand.ts";
import { uspBulkEncodingMutants } from "./usp-bulk-encoding.ts";
import { uspBulkHttpMutants } from "./usp-bulk-http.ts";
import { uspBulkMqttMutants } from "./usp-bulk-mqtt.ts";
import { uspBulkReportsMutants } from "./usp-bulk-reports.ts";
import { uspCertificateMutants } from "./usp-certificates.ts";
import { uspDeleteMutants } from "./usp-delete.ts";
import { uspDiscoveryMutants } from "./usp-discovery.ts";
import { uspDiscoveryGatewayMutants } from "./usp-discovery-gateway.ts";
import { uspFactoryResetMutants } from "./usp-factory-reset.ts";
import { uspFirmwareMutants } from "./usp-firmware.ts";
import { uspFirmwareActivationMutants } from "./usp-firmware-activation.ts";
import { uspFunctionMutants } from "./usp-functions.ts";
import { uspGetMutants } from "./usp-get.ts";
import { uspInstancesMutants } from "./usp-instances.ts";
import { uspMdnsMutants } from "./usp-mdns.ts";
import { uspMqttPublishMutants } from "./usp-mqtt-publish.ts";
import { uspMqttSessionMutants } from "./usp-mqtt-session.ts";
import { uspMqttTopicsMutants } from "./usp-mqtt-topics.ts";
import { uspNamesMutants } from "./usp-names.ts";
import { uspNotifyMutants } from "./usp-notify.ts";
import { uspNotifyRetryMutants } from "./usp-notify-retry.ts";
import { uspOnBoardMutants } from "./usp-on-board.ts";
import { uspOperateMutants } from "./usp-operate.ts";
import { uspOperateManyMutants } from "./usp-operate-many.ts";
import { uspRecordsMutants } from "./usp-records.ts";
import { uspRobustMutants } from "./usp-robust.ts";
import { uspSearchMutants } from "./usp-search.ts";
import { uspSessionMutants } from "./usp-session.ts";
import { uspSessionFailureMutants } from "./usp-session-failures.ts";
import { uspSetMutants } from "./usp-set.ts";
import { uspSupportedMutants } from "./usp-supported.ts";
import { uspTrustMutants } from "./usp-trust.ts";
import { uspTrustCertificatesMutants } from "./usp-trust-certificates.ts";
import { uspUniqueKeyMutants } from "./usp-unique-keys.ts";
import { uspWebsocketMutants } from "./usp-websocket.ts";
import { uspWebsocketServerMutants } from "./usp-websocket-server.ts";

/** Every phone with one thing wrong. */
export const mutants: readonly Mutant[] = [
  ...accessListMutants,
  ...acsMessagesMutants,
  ...addObjectMutants,
  ...bootEventsMutants,
  ...connectionRequestLoadMutants,
  ...connectionRequestMutants,
  ...connectionMutants,
  ...cookiesMutants,
  ...deleteObjectMutants,
  ...discoveryMutants,
  ...eventDeliveryMutants,
  ...faultsMutants,
  ...getParameterAttributesMutants,
  ...getParameterNamesPathsMutants,
  ...getParameterNamesMutants,
  ...getParameterValuesMutants,
  ...getRpcMethodsMutants,
  ...holdRequestsMutants,
  ...httpResponsesMutants,
  ...httpRulesMutants,
  ...informMutants,
  ...malformedAnswersMutants,
  ...notificationAttributeMutants,
  ...notificationDeliveryMutants,
  ...notificationMutants,
  ...objectPathsMutants,
  ...propertiesDataMutants,
  ...propertiesMutants,
  ...rebootMutants,
  ...redirectsMutants,
  ...scheduleInformMutants,
  ...sessionEndMutants,
  ...sessionFaultsMutants,
  ...sessionMutants,
  ...setParameterAttributesMutants,
  ...setParameterValuesFaultsMutants,
  ...setParameterValuesTypesMutants,
  ...setParameterValuesMutants,
  ...snomFirmwareMutants,
  ...snomLocalMutants,
  ...snomMapAttributesMutants,
  ...snomMapBrokenMutants,
  ...snomMapDownloadMutants,
  ...snomMapLinesMutants,
  ...snomMapLoadingMutants,
  ...snomMapModifiersMutants,
  ...snomMapTextsMutants,
  ...snomMapSafetyMutants,
  ...snomMapTypesWrittenMutants,
  ...snomMapTypesMutants,
  ...snomMapValuesMutants,
  ...snomMinibrowserMutants,
  ...snomProvisioningLifeMutants,
  ...snomProvisioningMutants,
  ...snomResetMutants,
  ...snomSettingsPageMutants,
  ...snomSettingsMutants,
  ...snomUspLinesMutants,
  ...snomUspValuesMutants,
  ...snomUspMutants,
  ...snomVendorMutants,
  ...soapRulesMutants,
  ...tr111AssociationMutants,
  ...tr111StunAddressMutants,
  ...tr111StunBindingMutants,
  ...tr111StunIntegrityMutants,
  ...tr111StunKeepAliveMutants,
  ...tr111StunMutants,
  ...tr111StunParametersMutants,
  ...tr111UdpConnectionRequestMutants,
  ...tr111UdpConnectionRequestRefusedMutants,
  ...uspAccessReadMutants,
  ...uspAccessMutants,
  ...uspAddMutants,
  ...uspArchitectureMutants,
  ...uspBulkEncodingMutants,
  ...uspBulkHttpMutants,
  ...uspBulkMqttMutants,
  ...uspBulkReportsMutants,
  ...uspCertificateMutants,
  ...uspDeleteMutants,
  ...uspFirmwareActivationMutants,
  ...uspFirmwareMutants,
  ...uspFunctionMutants,
  ...uspGetMutants,
  ...uspInstancesMutants,
  ...uspMdnsMutants,
  ...uspMqttPublishMutants,
  ...uspMqttSessionMutants,
  ...uspMqttTopicsMutants,
  ...uspNamesMutants,
  ...uspNotifyRetryMutants,
  ...uspNotifyMutants,
  ...uspOnBoardMutants,
  ...uspOperateManyMutants,
  ...uspOperateMutants,
  ...uspRecordsMutants,
  ...uspSearchMutants,
  ...uspSessionFailureMutants,
  ...uspRobustMutants,
  ...uspSessionMutants,
  ...uspSetMutants,
  ...uspSupportedMutants,
  ...uspTrustCertificatesMutants,
  ...uspTrustMutants,
  ...uspWebsocketMutants,
  ...snomUspAgentMutants,
  ...uspDiscoveryMutants,
  ...uspDiscoveryGatewayMutants,
  ...uspFactoryResetMutants,
  ...uspBootByHandMutants,
  ...uspWebsocketServerMutants,
  ...uspUniqueKeyMutants,
  ...snomDhcpMutants,
  ...tr111GatewayMutants,
  ...tr111GatewayInfoMutants,
  ...tr111GatewayOptionMutants,
  ...tr111IdentityMutants,
];
