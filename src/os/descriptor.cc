#include "os/descriptor.h"

#include <unistd.h>

namespace lockstep::os {

void Descriptor::close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

}  // namespace lockstep::os
