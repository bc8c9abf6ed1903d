import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from "libxml2-wasm";

/**
 * What the CWMP schemas use of the SOAP 1.1 envelope and encoding schemas, in our words: the envelope with a free header and
 * one body, `mustUnderstand`, and an array as anything with an `arrayType`.
 */
const SOAP_ENVELOPE = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
  targetNamespace="http://schemas.xmlsoap.org/soap/envelope/">
  <xs:attribute name="mustUnderstand" type="xs:boolean"/>
  <xs:attribute name="encodingStyle" type="xs:anyURI"/>
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:element ref="e:Header" minOccurs="0"/><xs:element ref="e:Body"/>
  </xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType></xs:element>
  <xs:element name="Header"><xs:complexType><xs:sequence>
    <xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Body"><xs:complexType><xs:sequence>
    <xs:any namespace="##any" processContents="strict"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode" type="xs:QName"/><xs:element name="faultstring" type="xs:string"/>
    <xs:element name="faultactor" type="xs:anyURI" minOccurs="0"/>
    <xs:element name="detail" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="strict"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;

const SOAP_ENCODING = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://schemas.xmlsoap.org/soap/encoding/"
  xmlns:t="http://schemas.xmlsoap.org/soap/encoding/">
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
  <xs:complexType name="Array"><xs:sequence>
    <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
  </xs:sequence><xs:attribute ref="t:arrayType"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
</xs:schema>`;

/** Validates whole envelopes against one version of the CWMP schema. */
export interface SchemaWitness {
  /** Complaints, each with the line in `xml`; none when it is valid. */
  complaints(xml: Buffer): readonly string[];
}

/**
 * An independent judge of messages: the published XML schema of CWMP, read from `folder`.
 *
 * @param version minor version of the namespace `urn:dslforum-org:cwmp-1-<version>`
 * @returns `undefined` where the folder does not hold the schemas
 */
export function openSchemaWitness(folder: string, version: 0 | 1 | 2): SchemaWitness | undefined {
  const path = join(folder, `cwmp-1-${version}.xsd`);
  if (!existsSync(path)) return undefined;
  const all = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:import namespace="http://schemas.xmlsoap.org/soap/envelope/" schemaLocation="http://schemas.xmlsoap.org/soap/envelope/"/>
    <xs:import namespace="urn:dslforum-org:cwmp-1-${version}" schemaLocation="mem://schemas/cwmp.xsd"/></xs:schema>`;
  xmlRegisterInputProvider(
    new XmlBufferInputProvider({
      "http://schemas.xmlsoap.org/soap/envelope/": Buffer.from(SOAP_ENVELOPE),
      "http://schemas.xmlsoap.org/soap/encoding/": Buffer.from(SOAP_ENCODING),
      "mem://schemas/cwmp.xsd": readFileSync(path),
    }),
  );
  const schema = XmlDocument.fromBuffer(Buffer.from(all), { url: "mem://schemas/all.xsd" });
  const validator = XsdValidator.fromDoc(schema);
  return {
    complaints(xml) {
      let document: XmlDocument | undefined;
      try {
        document = XmlDocument.fromBuffer(xml);
        validator.validate(document);
        return [];
      } catch (error) {
        if (error instanceof XmlLibError || error instanceof XmlValidateError)
          return error.details.map(({ line, message }) => `line ${line}: ${message.trim()}`);
        throw error;
      } finally {
        document?.dispose();
      }
    },
  };
}
