#include "wasm/report_callee.h"

namespace baya::wasm {

std::unique_ptr<Callee> MakeCallee(Host& host) { return std::make_unique<ReportCallee>(host); }

}  // namespace baya::wasm
