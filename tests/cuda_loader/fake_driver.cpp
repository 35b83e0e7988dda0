// A driver library that says what its definitions say: FAKE_INIT (the result of cuInit), FAKE_COUNT, FAKE_MAJOR,
// FAKE_MINOR.

#include <cstring>

extern "C" {
int cuInit(unsigned int) {
  return FAKE_INIT;
}
int cuDeviceGetCount(int* count) {
  *count = FAKE_COUNT;
  return 0;
}
int cuDeviceGet(int* device, int ordinal) {
  *device = ordinal;
  return ordinal < FAKE_COUNT ? 0 : 101;
}
int cuDeviceGetName(char* name, int length, int) {
  std::strncpy(name, "Fake GPU", static_cast<std::size_t>(length));
  return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int) {
  *value = attribute == 75 ? FAKE_MAJOR : FAKE_MINOR;
  return attribute == 75 || attribute == 76 ? 0 : 1;
}
}
