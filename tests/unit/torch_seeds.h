#pragma once
// What the fuzzer of torch files starts from: small archives and pickles, right ones and each kind of wrong one. Names
// that begin with "valid" are accepted by the parser.

#include "tests/unit/torch_builder.h"

namespace tidemark::testing {

inline std::string seedPickle(int protocol) {
  PickleBuilder pickle(protocol);
  pickle.orderedDict().raw("(");
  pickle.text("w").tensor("FloatStorage", "0", 16, 0, {2, 8}, {8, 1}).raw("q\x01").text("twin").raw("h\x01");
  pickle.text("t").tensor("HalfStorage", "1", 128, 4, {3, 5}, {1, 3});
  pickle.text("mask").tensor("BoolStorage", "1", 256, 0, {1, 4}, {4, 1});
  pickle.text("p").global("torch._utils", "_rebuild_parameter").raw("(h\x01\x88").orderedDict().raw("tR");
  pickle.text("v3")
      .global("torch._utils", "_rebuild_tensor_v3")
      .raw("(")
      .storage("UntypedStorage", "1", 256)
      .integer(1);
  pickle.integers({2}).integers({1}).raw("\x89").orderedDict().global("torch", "int64").raw("}tR");
  pickle.text("n").integer(70000).text("f").raw("G").raw({"\x3f\xf8\0\0\0\0\0\0", 8}).text("l").raw("](NNe");
  return pickle.raw("u}").text("_metadata").raw("}sb").stopped();
}

inline std::vector<std::pair<std::string, std::string>> torchSeeds() {
  const Storages storages = {{"0", std::string(64, '\1')}, {"1", std::string(256, '\2')}};
  const std::string pickle = seedPickle(2);
  const std::vector<ZipMember> members = torchMembers(pickle, storages);
  const auto changed = [&](void (*change)(ZipMember&)) {
    auto copy = members;
    change(copy[2]);
    return zipArchive(copy);
  };
  PickleBuilder nested;
  nested.raw("}(").text("epoch").raw("K\1").text("model").raw("}(").text("module").raw("}");
  nested.text("w").tensor("FloatStorage", "0", 16, 0, {16}, {1}).raw("suu");
  PickleBuilder call(4), expand, window;
  call.global("posix", "system").text("true").raw("\x85R");
  expand.raw("}").text("w").tensor("FloatStorage", "0", 16, 0, {1 << 30}, {0}).raw("s");
  window.raw("}").text("w").tensor("FloatStorage", "0", 16, 0, {8, 9}, {1, 1}).raw("s");
  return {
      {"valid-torch.bin", zipArchive(members)},
      {"valid-narrow.bin", zipArchive(members, {.isZip64 = false, .comment = "a comment"})},
      {"valid-hidden-end.bin", zipArchive(members, {.hidesNarrowEnd = true})},
      {"valid-zip64-member.bin", changed([](ZipMember& member) { member.isZip64 = true; })},
      {"valid-local-sizes.bin", changed([](ZipMember& member) {
         member.flags = 0;
         member.isZip64 = true;
       })},
      {"valid-protocol-2.pkl", pickle},
      {"valid-protocol-4.pkl", seedPickle(4)},
      {"valid-nested.pkl", nested.stopped()},
      {"valid-window.pkl", window.stopped()},
      {"call.pkl", call.stopped()},
      {"expand.pkl", expand.stopped()},
      {"long.pkl", PickleBuilder().raw("\x8a\xff").stopped()},
      {"references.pkl", PickleBuilder().raw("Nq\1h\1\x86q\1h\1\x86q\1h\1\x86").stopped()},
      {"compressed.bin", changed([](ZipMember& member) { member.method = 8; })},
      {"encrypted.bin", changed([](ZipMember& member) { member.flags |= 1; })},
      {"overlap.bin", changed([](ZipMember& member) { member.claimedSize = 100; })},
      {"outside.bin", changed([](ZipMember& member) { member.claimedOffset = 0xfffffff0; })},
      {"disks.bin", zipArchive(members, {.disk = 1})},
      {"legacy.bin", "PK no archive"},
  };
}

}  // namespace tidemark::testing
