#include "cli/run.h"

int main(int argc, char** argv) {
    return lockstep::cli::run(argc, argv);
}
