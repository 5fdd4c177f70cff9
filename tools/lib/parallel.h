// A loop over all cores.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace baya::tools {

// Calls work(thread, i) once for every i in [0, count), thread in [0, ThreadCount()), and shows
// the progress of `step`. What the calls for different i share they must not change. Throws what
// the first call to fail threw, after the others have ended.
void ParallelFor(const std::string& step, size_t count,
                 const std::function<void(size_t thread, size_t i)>& work);

size_t ThreadCount();

}  // namespace baya::tools
