#include "base/counted_ptr.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "base/function_ref.h"

namespace baya {
namespace {

struct Bird {
  ~Bird() {
    if (gone != nullptr) ++*gone;
  }
  int* gone = nullptr;
};

TEST(CountedPtrTest, TheLastOwnerDestroys) {
  int gone = 0;
  CountedPtr<Bird> one = CountedPtr<Bird>::Make();
  one->gone = &gone;
  CountedPtr<Bird> two = one;
  EXPECT_TRUE(one == two);
  one = nullptr;
  EXPECT_EQ(gone, 0);
  CountedPtr<Bird> three = std::move(two);
  three = CountedPtr<Bird>::Make();
  EXPECT_EQ(gone, 1);
  std::vector<CountedPtr<Bird>> flock(5, three);
  (*three).gone = &gone;
  CountedPtr<Bird>& itself = three;
  three = itself;
  flock.clear();
  EXPECT_EQ(gone, 1);
  three = nullptr;
  EXPECT_EQ(gone, 2);
}

TEST(FunctionRefTest, CallsWhatItBorrows) {
  int calls = 0;
  const auto add = [&calls](int by) { return calls += by; };
  const FunctionRef<int(int)> borrowed = add;
  EXPECT_EQ(borrowed(2), 2);
  EXPECT_EQ(borrowed(3), 5);
}

}  // namespace
}  // namespace baya
