// What starting a program costs here at all.
int main() {
    return 0;
}
