// Violations of what Baya promises, each with the one test that has to fail when it is there.
//
//   edits    of the tree: `from` stands in `file` once
//   caught   by a test of a GoogleTest program, or of a script of `node --test`
//   dist     the script runs what js-bindings/build.mjs makes
//   every    planted in every run; the others in a full one
//
// Native plants change .cc files, which are compiled and linked alone.

const native = (name, file, from, to, program, test, rest = {}) => ({
  name,
  edits: [{ file: `core/${file}`, from, to }],
  caught: { program, test },
  ...rest,
});

const script = (name, file, from, to, at, test, rest = {}) => ({
  name,
  edits: [{ file: `js-bindings/src/${file}`, from, to }],
  caught: { script: at, test },
  ...rest,
});

const keeper = 'js-bindings/test/keeper.test.mjs';
const every = { every: true };

const gate = [
  native(
    'the gate lets through what is closed',
    'consent/gate.cc',
    'if (!decision.open()) return Refusal(decision.reason);\n  const bool needs_store',
    'const bool needs_store',
    'consent_test',
    'GateTest.RefusesAndCountsWhatIsClosed',
    every,
  ),
  native(
    "anybody exercises the person's rights",
    'consent/gate.cc',
    'if (caller != kPerson) {',
    'if (caller.empty()) {',
    'consent_test',
    'GateTest.NobodyElseExercisesThePersonsRights',
  ),
  native(
    'uses that were allowed are not counted',
    'consent/gate.cc',
    'log_->Count(caller, purpose, operation, now_ms, use.ok());',
    'if (!use.ok()) log_->Count(caller, purpose, operation, now_ms, use.ok());',
    'consent_test',
    'GateTest.PassesAndCountsWhatIsOpen',
    every,
  ),
  native(
    'an operation passes for a purpose that does not cover it',
    'consent/gate.cc',
    'if (!Covers(purpose, operation)) {',
    'if (!Covers(purpose, operation) && caller.empty()) {',
    'consent_test',
    'GateTest.RefusesAnOperationOfAnotherPurpose',
  ),
  native(
    'a pause stops nothing',
    'consent/rule_pause.cc',
    'if (!facts.paused)',
    'if (!facts.paused || facts.recorded)',
    'consent_test',
    'RulePauseTest.APauseStopsEverything',
  ),
];

const consent = [
  native(
    'Global Privacy Control is ignored',
    'consent/consent.cc',
    'GlobalPrivacyControlVote(global_privacy_control_, purpose)',
    'GlobalPrivacyControlVote(false, purpose)',
    'consent_test',
    'ConsentTest.GlobalPrivacyControlClosesWhatLeavesAndKeepsTheRest',
    every,
  ),
  native(
    'silence is taken for a grant',
    'consent/rule_granted.cc',
    'vote.vote == Vote::kGrant',
    'vote.vote != Vote::kDeny',
    'consent_test',
    'RuleGrantedTest.SilenceGrantsNothing',
  ),
  native(
    'a denial by a consent platform is outvoted',
    'consent/rule_denied.cc',
    'if (vote.vote == Vote::kDeny)',
    'if (vote.vote == Vote::kDeny && vote.source == Source::kBanner)',
    'consent_test',
    'RuleDeniedTest.OneDenialOutweighsEveryGrant',
  ),
  native(
    'a grant to another text counts',
    'consent/consent.cc',
    'if (choice.text != declared->text) {',
    'if (choice.text == TextHash{} && choice.text != declared->text) {',
    'consent_test',
    'ConsentTest.ANewTextSuspendsUntilItIsAgreedTo',
  ),
  native(
    'a grant counts although the page showed another version',
    'engine/consent_ops.cc',
    'if (choice.granted && !is_current) {',
    'if (choice.granted && !is_current && request.text_version.empty()) {',
    'engine_test',
    'DeviceConsentTest.OnlyTheCurrentTextCanBeGranted',
  ),
  native(
    'a purpose that the plan does not name is open',
    'consent/rule_declared.cc',
    'if (facts.declared)',
    'if (facts.declared || facts.recorded)',
    'consent_test',
    'RuleDeclaredTest.ClosesWhatThePlanDoesNotName',
  ),
  native(
    'an act that changes what is consented to has no receipt',
    'consent/consent.cc',
    'if (!entries.empty()) BAYA_RETURN_IF_ERROR(AppendReceipt(',
    'if (entries.size() > 9) BAYA_RETURN_IF_ERROR(AppendReceipt(',
    'consent_test',
    'ConsentTest.AReceiptSaysWhatWhenWhichTextAndWhichSignal',
    every,
  ),
  native(
    'receipts are not stored',
    'engine/store.cc',
    'BAYA_RETURN_IF_ERROR(vault_->Append(kStorePurpose, kReceiptKind, receipt).status());',
    'if (receipt.empty()) return OkStatus();',
    'engine_test',
    'DeviceConsentTest.ConsentLastsOverPages',
  ),
  native(
    'a broken chain of receipts counts',
    'consent/consent.cc',
    'receipt.sequence != receipts_.size() || receipt.previous != previous',
    'receipt.sequence != receipts_.size() || receipt.previous.size() != previous.size()',
    'consent_test',
    'ConsentTest.AReceiptOfAnotherChainIsNotLoaded',
  ),
  native(
    'a refusal leaves no mark',
    'consent/consent.cc',
    'change.write_refusal = EncodeRefusal(now_ms);',
    'if (now_ms < 0) change.write_refusal = EncodeRefusal(now_ms);',
    'engine_test',
    'DeviceConsentTest.ARefusalLeavesOneRecordAlone',
    every,
  ),
  // Either of the two would do.
  {
    name: 'the vault outlives the withdrawal of store',
    edits: [
      {
        file: 'core/engine/device.cc',
        from: 'EraseEverything();\n    owed_.write_record.clear();',
        to: 'owed_.write_record.clear();',
      },
      {
        file: 'core/engine/device.cc',
        from: '!desk_.ShouldAsk() && IsSomethingStored()) EraseEverything();',
        to: '!desk_.ShouldAsk() && stored_ == Stored::kUnreadable) EraseEverything();',
      },
    ],
    caught: { program: 'engine_test', test: 'DeviceConsentTest.WithdrawingStoreDestroysTheVault' },
    ...every,
  },
];

const vault = [
  // Either of the two would do.
  {
    name: 'the key of a destroyed purpose is kept',
    edits: [
      {
        file: 'core/vault/vault_destroy.cc',
        from: 'std::erase_if(keys_.keys, [&](const DataKey& key) { return key_ids.Has(key.id); });\n',
        to: '',
      },
      {
        file: 'core/vault/vault_flush.cc',
        from: '{ return !used.Has(key.id); });',
        to: '{ return key.purpose.empty() && !used.Has(key.id); });',
      },
    ],
    caught: {
      program: 'vault_test',
      test: 'VaultDestroyTest.ADestroyedPurposeOpensWithTheSavedSecretOnly',
    },
    ...every,
  },
  native(
    'a destruction asks for no new root',
    'vault/vault_destroy.cc',
    '  ++destructions_;\n',
    '',
    'vault_test',
    'VaultDestroyTest.ADestroyedPurposeOpensWithTheSavedSecretOnly',
  ),
  native(
    'an erased record is packed again',
    'vault/vault_destroy.cc',
    'return matches(record) ? std::nullopt : std::optional<ByteView>(record.payload);',
    'return std::optional<ByteView>(record.payload.subspan(matches(record) ? 1 : 0));',
    'vault_test',
    'VaultDestroyTest.ErasedRecordsAreGoneAndTheOthersStay',
    every,
  ),
  native(
    'secrets are not wiped',
    'base/secret_bytes.cc',
    'std::memset(bytes.data(), 0, bytes.size());',
    'std::memset(bytes.data(), 0, 0);',
    'base_test',
    'WipeTest.ZeroesEveryByte',
    every,
  ),
  native(
    'sizes tell what is stored',
    'vault/plaintext.cc',
    'return Padme(std::max<uint64_t>(kMinPlaintextBytes, used));',
    'return used;',
    'vault_test',
    'PlaintextTest.ReadsBackItsContent',
    every,
  ),
  native(
    'a vault that was put back is not noticed',
    'vault/recovery.cc',
    'recovered.newest_generation < options.newest_generation_seen;',
    'recovered.newest_generation > options.newest_generation_seen;',
    'vault_test',
    'VaultDamageTest.AStoreRolledBackAsAWholeIsNoticedWhenANewerOneWasSeen',
  ),
];

const measure = [
  native(
    'a report costs nothing',
    'measure/ledger.cc',
    'spent_micro_ = SpentMicro(now_ms) + task.descriptor.epsilon_micro;',
    'spent_micro_ = SpentMicro(now_ms);',
    'measure_test',
    'LedgerTest.TheBudgetIsSummedOverTasks',
    every,
  ),
  native(
    'a charge is forgotten in a crash',
    'engine/measure_desk.cc',
    'BAYA_RETURN_IF_ERROR(WriteLedger());\n  BAYA_ASSIGN_OR_RETURN(auto&& made,',
    'BAYA_ASSIGN_OR_RETURN(auto&& made,',
    'engine_test',
    'DeviceMeasureTest.ACrashNeitherLosesAChargeNorChargesTwice',
  ),
  native(
    'what a damaged store may have lost is free again',
    'engine/measure_desk.cc',
    'bool lost = MayHaveLostCharges(store_.vault()->report());',
    'bool lost = MayHaveLostCharges(store_.vault()->report()) && now_ms < 0;',
    'engine_test',
    'DeviceMeasureTest.ADamagedStoreClosesTheBudget',
  ),
  native(
    'a withdrawal leaves the reports that wait',
    'engine/device.cc',
    'if (purpose == Purpose::kMeasure) BAYA_RETURN_IF_ERROR(measure_.DropWaiting());\n',
    '',
    'engine_test',
    'DeviceMeasureTest.WithdrawalBetweenQueueAndUploadSendsNothing',
    every,
  ),
  native(
    'an erasure of the measurements leaves the reports that wait',
    'engine/measure_desk.cc',
    'Status MeasureDesk::DropWaiting() {\n  queue_ = {};',
    'Status MeasureDesk::DropWaiting() {',
    'engine_test',
    'DeviceMeasureTest.ErasingTheMeasurementsDropsWhatWaits',
    every,
  ),
  native(
    'a report leaves before it is durable',
    'measure/report_queue.cc',
    'report.sequence < durable_end',
    'report.sequence <= durable_end + 1000',
    'measure_test',
    'ReportQueueTest.GivesOutWhatIsDueAndDurable',
  ),
  native(
    'a report leaves at once',
    'measure/report.cc',
    'now_ms + DelayMs(descriptor.delay_s, host);',
    'now_ms + DelayMs(descriptor.delay_s, host) % 2;',
    'measure_test',
    'ReportTest.LeavesAtARandomTimeWithinTheDelay',
  ),
  native(
    'a task without noise is taken on a published page',
    'engine/measure_desk.cc',
    'const bool allowed = allow_test_ ||',
    'const bool allowed = allow_test_ || !declared.empty() ||',
    'engine_test',
    'DeviceMeasureTest.ATestTaskNeedsAHostThatAllowsIt',
  ),
  native(
    'a report is not bound to the text that was agreed to',
    'measure/agreement.cc',
    '!BytesEqual(configuration.task_info, TaskInfoOf(task.encoded_descriptor)) ||',
    'configuration.task_info.size() != TaskInfoOf(task.encoded_descriptor).size() ||',
    'measure_test',
    'AgreementTest.AnotherTextIsRefused',
  ),
  native(
    'leader and helper may be one',
    'measure/agreement.cc',
    '|| leader == helper)',
    '|| leader.empty())',
    'measure_test',
    'AgreementTest.TheAggregatorsAreTwo',
  ),
  native(
    'what the plan does not show is measured',
    'engine/measure_desk.cc',
    'if (shows_enough && allowed) {',
    'if (allowed || shows_enough) {',
    'engine_test',
    'DeviceMeasureTest.ThePlanMustShowWhatIsMeasured',
  ),
];

const profile = [
  native(
    'a field comes in that the plan does not name',
    'profile/properties.cc',
    'if (FindPlanned(plan_, planned) == nullptr) return nullptr;',
    'if (planned.empty() && FindPlanned(plan_, planned) == nullptr) return nullptr;',
    'profile_test',
    'IntakeTest.FieldsOutsideThePlanAreLeftOutAndReported',
    every,
  ),
  native(
    'a field is used for a purpose that the plan does not give it',
    'profile/data_plan.cc',
    'planned != nullptr && planned->purposes.Has(purpose)',
    'planned != nullptr && (planned->purposes.Has(purpose) || IsPurpose(purpose))',
    'engine_test',
    'DeviceMeasureTest.ThePlanMustShowWhatIsMeasured',
  ),
  native(
    'an event past its retention comes in',
    'profile/intake.cc',
    'time_ms < 0 || time_ms < now_ms - retention_ms',
    'time_ms < 0 || retention_ms < 0',
    'profile_test',
    'IntakeTest.ACallPastRetentionIsTooOld',
  ),
  native(
    'events come in by a use for something else',
    'profile/intake.cc',
    'use.operation() == consent::Operation::kIngest;',
    'use.operation() != consent::Operation::kMeasure;',
    'profile_test',
    'IntakeTest.NeedsAUseForIngesting',
  ),
];

const hosts = [
  script(
    'the share of before an erasure is kept',
    'writer_loop.ts',
    'await this.#slot.keepNewest();',
    '',
    keeper,
    'erasing an item changes the slot secret and keeps the rest',
    every,
  ),
  {
    name: 'the keys outlive everything that is erased',
    edits: [
      {
        file: 'js-bindings/src/writer_loop.ts',
        from: 'await this.#slot.destroy();',
        to: '',
      },
      {
        file: 'js-bindings/src/vault_host.ts',
        from: 'await this.#parts.slot.destroy();',
        to: '',
      },
    ],
    caught: { script: keeper, test: 'erasing everything leaves a refusal' },
    ...every,
  },
  script(
    'what storage refused is acknowledged',
    'keeper.ts',
    'const written = await taken.written;',
    "const written: Written = taken.verdict.accepted ? 'durable' : await taken.written;",
    keeper,
    'a full disk is said, and the event comes through later',
    every,
  ),
  script(
    'a refusal is not written down',
    'vault_host.ts',
    'this.#keep(owed ? owedErasure(writeRecord) : writeRecord);',
    'if (!isRefusal(writeRecord)) this.#keep(writeRecord);',
    keeper,
    'a refusal leaves its record and nothing else',
  ),
  script(
    'a grant is noted where nothing is kept',
    'vault_host.ts',
    '(this.stores || isRefusal(writeRecord))',
    'true',
    keeper,
    'in memory nothing is acknowledged and no grant is recorded',
  ),
  script(
    'a page may ask the engine for anything',
    'keeper.ts',
    'if (!readings.includes(request.op)) break;',
    '',
    keeper,
    'only what reads may be read, and only what there is asked',
    every,
  ),
  script(
    'a vault that was put back is opened without a word',
    'vault_host.ts',
    "if (recovery.rolledBack) notify(degraded('rolled_back'));",
    '',
    keeper,
    'a store put back to an earlier state is noticed',
  ),
  script(
    'the worker says that it is isolated, whatever it found',
    'isolation.ts',
    "return refused ? 'refused' : 'not isolated';",
    "return refused ? 'refused' : 'refused';",
    'js-bindings/test/isolation.test.mjs',
    'a policy that leaves the own origin open does not',
    every,
  ),
  script(
    'Global Privacy Control is not asked for',
    'privacy_control.ts',
    'globalPrivacyControl === true;',
    "globalPrivacyControl === '1';",
    'js-bindings/test/consent.test.mjs',
    'a browser that asserts Global Privacy Control is believed',
    every,
  ),
  {
    name: "the worker's policy is loosened",
    edits: [
      {
        file: 'demo-site/serve.mjs',
        from: "default-src 'none'; script-src 'wasm-unsafe-eval'",
        to: "default-src 'none'; connect-src 'self'; script-src 'wasm-unsafe-eval'",
      },
    ],
    caught: {
      script: 'demo-site/test/serve.test.mjs',
      test: 'the policies are those of the design',
    },
    ...every,
  },
  script(
    'an upload under way goes on after a withdrawal',
    'reporter.ts',
    'this.#open?.abort();',
    '',
    'js-bindings/test/reporter.test.mjs',
    'a withdrawal before the upload sends nothing, during it cuts it off',
  ),
];

// What only a browser shows.
const pages = [
  script(
    'the engine is loaded and asked before there is a consent',
    'baya.ts',
    "if (!(await this.#mayHold())) return { accepted: false, reason: 'no_consent' };",
    '',
    'tests/browser/vault.test.mjs',
    'nothing before consent in chromium',
    { dist: true },
  ),
  script(
    'a refused call is told back in words',
    'baya.ts',
    'ack = text === undefined ? invalid : await this.#send(text);',
    `ack = text !== undefined ? await this.#send(text)
        : { accepted: false, reason: args.map(String).join() };`,
    'tests/browser/canaries.test.mjs',
    'no canary is seen from outside in chromium',
    { dist: true },
  ),
  {
    name: 'the share outlives everything that is erased',
    edits: [
      {
        file: 'js-bindings/src/share_file.ts',
        from: 'erase(file, 0);\n      erase(file, placeBytes);',
        to: 'erase(file, 2 * placeBytes);',
      },
      {
        file: 'js-bindings/src/share_file.ts',
        from: 'await removeFile(shareFileName);',
        to: 'if (placeBytes === 0) await removeFile(shareFileName);',
      },
    ],
    caught: {
      script: 'tests/browser/erasure.test.mjs',
      test: 'what is erased does not open in chromium',
    },
    dist: true,
  },
];

export const plants = [...gate, ...consent, ...vault, ...measure, ...profile, ...hosts, ...pages];
