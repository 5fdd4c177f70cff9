// Receipts with the field names of ISO/IEC TS 27560:2023 and of the Kantara Initiative's Consent
// Receipt Specification 1.1.0: core/docs/formats/receipts.md.

import type { Receipt, ReceiptEntry, Receipts } from './receipts.js';
import { sha256 } from './receipts.js';
import type { Field } from './rights.js';
import { BayaError } from './status.js';

export type ReceiptFormat = 'iso27560' | 'kantara';

/** Who asks for the consent. Nothing of it is known on the device, so the page has to say it. */
export interface Controller {
  /** Such as the site's address. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** Whom to turn to. */
  readonly contact: string;
  readonly email?: string;
  readonly phone?: string;
  readonly url?: string;
}

export interface AboutTheSite {
  readonly controller: Controller;
  /** Such as "DE" or "EU". */
  readonly jurisdiction: string;
  /** Of the consent texts, as BCP 47 has it. */
  readonly language: string;
  readonly policyUrl: string;
  /** By purpose. One that is not what was agreed to, by its hash, is left out. */
  readonly texts?: Readonly<Record<string, string>>;
}

const DAY_MS = 86_400_000;
const PRINCIPAL = 'none; kept on the person\u2019s own device alone';
const WITHDRAWAL = 'on the site\u2019s My data page or its banner, at once';
const STATES = { granted: 'given', refused: 'refused', withdrawn: 'withdrawn' } as const;

const periodOf = (ms: number) => (ms === 0 ? 'until withdrawn' : `P${Math.floor(ms / DAY_MS)}D`);
const timeOf = (ms: number) => new Date(ms).toISOString();

/** What is now held for a purpose, by kind. */
function kindsFor(purpose: string, fields: readonly Field[]): string[] {
  const held = fields.filter(({ purposes }) => purposes.includes(purpose.split(':', 1)[0] ?? ''));
  return [...new Set(held.map(({ field }) => field.split('.', 1)[0] ?? field))].sort();
}

// UUID version 8 (RFC 9562 §5.8): the same receipt has the same id whenever it is exported.
function uuidOf(hash: string): string {
  const variant = '89ab'[Number.parseInt(hash.charAt(16), 16) & 3];
  const digits = `${hash.slice(0, 12)}8${hash.slice(13, 16)}${variant}${hash.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function checked(about: AboutTheSite): AboutTheSite {
  const { controller, jurisdiction, language, policyUrl } = about ?? {};
  const { id, name, address, contact } = controller ?? {};
  const said = [id, name, address, contact, jurisdiction, language, policyUrl];
  if (said.every((text) => typeof text === 'string' && text !== '')) return about;
  throw new BayaError('invalidArgument', 'a receipt has to say who asked for the consent');
}

class Documents {
  constructor(
    readonly all: Receipts,
    readonly fields: readonly Field[],
    readonly about: AboutTheSite,
    /** By their hash. */
    readonly texts: ReadonlyMap<string, string>,
  ) {}

  iso27560(): object {
    const purposes = this.all.receipts.flatMap(({ entries }) => entries.map((one) => one.purpose));
    const last = this.all.receipts.at(-1);
    return {
      schema_version: 'ISO/IEC TS 27560:2023',
      receipt_id: last === undefined ? 'none' : uuidOf(last.id),
      records: [...new Set(purposes)].map((purpose) => this.#record(purpose)),
      parties: [this.#party()],
    };
  }

  #record(purpose: string): object {
    const acts = this.all.receipts.filter(({ entries }) =>
      entries.some((entry) => entry.purpose === purpose),
    );
    const { controller, jurisdiction, language } = this.about;
    return {
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: `${uuidOf(acts[0]?.id ?? '')}/${purpose}`,
      pii_principal_id: PRINCIPAL,
      language,
      purpose,
      lawful_basis: 'consent',
      pii_information: kindsFor(purpose, this.fields).map((kind) => ({
        pii_type: kind,
        pii_optional: true,
      })),
      pii_controllers: [controller.id],
      collection_method: 'what the person does on the site, noted by their own browser',
      processing_method: 'on the person\u2019s own device',
      storage_locations: ['the person\u2019s own device'],
      retention_period: periodOf(this.all.retentionMs),
      processing_location: 'the person\u2019s own device',
      service: controller.id,
      jurisdiction,
      recipient_third_parties: [],
      withdrawal_method: WITHDRAWAL,
      privacy_rights: ['access', 'rectification', 'erasure', 'portability', 'restriction'],
      events: acts.map((act) => this.#event(act, purpose)),
    };
  }

  #event({ id, timeMs, source, entries }: Receipt, purpose: string): object {
    const { choice, text } = entries.find((entry) => entry.purpose === purpose) as ReceiptEntry;
    const shown = this.texts.get(text);
    const age = this.all.texts.find((asked) => asked.purpose === purpose)?.maxAgeMs ?? 0;
    return {
      event_time: timeOf(timeMs),
      validity_duration: choice === 'granted' ? periodOf(age) : 'until granted',
      entity_id: source === 'banner' ? 'the person' : `the person, by ${source}`,
      event_type: choice === 'granted' ? 'explicit consent' : 'no consent',
      event_state: STATES[choice],
      ...(text === ''
        ? {}
        : {
            privacy_notice: {
              url: this.about.policyUrl,
              sha256: text,
              ...(shown === undefined ? {} : { text: shown }),
            },
          }),
      receipt_sha256: id,
    };
  }

  #party(): object {
    const { id, name, address, contact, email, phone, url } = this.about.controller;
    return {
      party_id: id,
      party_name: name,
      party_address: address,
      party_contact: contact,
      ...(email === undefined ? {} : { party_email: email }),
      ...(phone === undefined ? {} : { party_phone: phone }),
      ...(url === undefined ? {} : { party_url: url }),
      party_role: 'PII controller',
      party_type: 'PII controller',
    };
  }

  // That specification knows grants alone: what was refused has no receipt, and what was withdrawn is
  // said of the grant that it ended.
  kantara(): object[] {
    const grants = this.all.receipts.filter(({ entries }) =>
      entries.some(({ choice }) => choice === 'granted'),
    );
    return grants.map((receipt) => this.#grant(receipt));
  }

  #grant(receipt: Receipt): object {
    const { controller, jurisdiction, language, policyUrl } = this.about;
    const granted = receipt.entries.filter(({ choice }) => choice === 'granted');
    const { name, contact, address, email, phone, url } = controller;
    return {
      version: 'KI-CR-v1.1.0',
      jurisdiction,
      consentTimestamp: Math.floor(receipt.timeMs / 1000),
      collectionMethod: receipt.source,
      consentReceiptID: uuidOf(receipt.id),
      language,
      piiPrincipalId: PRINCIPAL,
      piiControllers: [
        {
          piiController: name,
          contact,
          address,
          ...(email === undefined ? {} : { email }),
          ...(phone === undefined ? {} : { phone }),
          ...(url === undefined ? {} : { piiControllerUrl: url }),
        },
      ],
      policyUrl,
      services: [
        { service: controller.id, purposes: granted.map((entry) => this.#purpose(receipt, entry)) },
      ],
      sensitive: false,
      spiCat: [],
    };
  }

  #purpose(receipt: Receipt, { purpose, text }: ReceiptEntry): object {
    const after = this.all.receipts.slice(this.all.receipts.indexOf(receipt) + 1);
    const end = after.find(({ entries }) => entries.some((entry) => entry.purpose === purpose));
    return {
      purpose: this.texts.get(text) ?? purpose,
      purposeCategory: [purpose],
      consentType: 'EXPLICIT',
      piiCategory: kindsFor(purpose, this.fields),
      primaryPurpose: purpose === 'store',
      termination:
        end === undefined ? `when withdrawn: ${WITHDRAWAL}` : `ended ${timeOf(end.timeMs)}`,
      thirdPartyDisclosure: false,
    };
  }
}

async function textsByHash(texts: Readonly<Record<string, string>> = {}) {
  const hashed = Object.values(texts).map(
    async (text): Promise<[string, string]> => [
      await sha256(new TextEncoder().encode(String(text))),
      String(text),
    ],
  );
  return new Map(await Promise.all(hashed));
}

/** JSON. `invalidArgument` when `about` lacks something or there is no such format. */
export async function receiptDocument(
  format: ReceiptFormat,
  about: AboutTheSite,
  receipts: Receipts,
  fields: readonly Field[],
): Promise<string> {
  if (format !== 'iso27560' && format !== 'kantara') {
    throw new BayaError('invalidArgument', 'there is no such format of receipts');
  }
  const texts = await textsByHash(checked(about).texts);
  return JSON.stringify(new Documents(receipts, fields, about, texts)[format](), null, 2);
}
