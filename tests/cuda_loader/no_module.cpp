// A library that is no module.
extern "C" int somethingElse() {
  return 1;
}
