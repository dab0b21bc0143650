// The floor of every cold process: starts and ends.
int main() {
  return 0;
}
