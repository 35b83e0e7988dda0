// data.pkl: what torch.save writes is read in every protocol; all else is refused by name, and nothing is executed.

#include "engine/weights/torch/pickle_machine.h"

#include <chrono>

#include "tests/unit/torch_builder.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using testing::bytesOf;
using ::testing::HasSubstr;
using testing::messageOf;
using testing::PickleBuilder;
using namespace std::string_literals;

std::string pickleErrorOf(const std::string& pickle) {
  return messageOf(runPickle(bytesOf(pickle), "x.bin"));
}

/// The error of a pickle of protocol 2 with these operations and STOP.
std::string errorOfOperations(const std::string& operations) {
  return pickleErrorOf(PickleBuilder().raw(operations).stopped());
}

TEST(PickleMachine, ReadsATensorInEveryProtocol) {
  for (const int protocol : {2, 3, 4, 5}) {
    const std::string pickle = PickleBuilder(protocol)
                                   .orderedDict()
                                   .raw("(")
                                   .text("weight")
                                   .tensor("BFloat16Storage", "7", 1 << 20, 3, {2, 70000}, {70000, 1})
                                   .raw("u}")
                                   .text("_metadata")
                                   .raw("}sb")
                                   .stopped();
    const auto document = runPickle(bytesOf(pickle), "x");
    ASSERT_TRUE(document) << protocol << document.error().message;
    const auto* root = std::get_if<PickleDict>(&document->root);
    ASSERT_NE(root, nullptr);
    const auto& entries = document->dicts[root->index];
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(document->text(std::get<PickleText>(entries[0].first)), "weight");
    const TensorRecord& tensor = document->tensors[std::get<PickleTensor>(entries[0].second).index];
    EXPECT_EQ(tensor.element->name, "torch.bfloat16");
    EXPECT_EQ(tensor.offset, 3u);
    EXPECT_EQ(document->integer(tensor.sizes, 1), 70000);
    EXPECT_EQ(document->integer(tensor.strides, 0), 70000);
    EXPECT_EQ(document->text(document->storages[tensor.storage.index].key), "7");
  }
}

TEST(PickleMachine, ReadsEveryNumberStringAndContainer) {
  const std::string pickle = PickleBuilder(4)
                                 .raw("(K\xffM\xff\xffJ\xfe\xff\xff\xff"s)
                                 .raw("\x8a\x02\x00\x80"s)                              // LONG1: -32768
                                 .raw("\x8a\x00"s)                                      // LONG1 of no bytes: 0
                                 .raw("\x8b\x05\x00\x00\x00\x00\x00\x00\x00\x01"s)      // LONG4: 2^32
                                 .raw("G\x3f\xf8\x00\x00\x00\x00\x00\x00"s)             // 1.5
                                 .raw("\x8d\x02\x00\x00\x00\x00\x00\x00\x00\xc3\xa9"s)  // BINUNICODE8: e acute
                                 .raw("N\x88\x89)](NN\x65}(u\x94h\x00j\x00\x00\x00\x00t"s)
                                 .stopped();
  const auto document = runPickle(bytesOf(pickle), "x");
  ASSERT_TRUE(document) << document.error().message;
  const auto tuple = std::get<PickleTuple>(document->root);
  const auto element = [&](std::uint32_t i) { return document->elements[tuple.first + i]; };
  ASSERT_EQ(tuple.count, 16u);
  EXPECT_EQ(std::get<std::int64_t>(element(0)), 255);
  EXPECT_EQ(std::get<std::int64_t>(element(1)), 65535);
  EXPECT_EQ(std::get<std::int64_t>(element(2)), -2);
  EXPECT_EQ(std::get<std::int64_t>(element(3)), -32768);
  EXPECT_EQ(std::get<std::int64_t>(element(4)), 0);
  EXPECT_EQ(std::get<std::int64_t>(element(5)), std::int64_t{1} << 32);
  EXPECT_EQ(std::get<double>(element(6)), 1.5);
  EXPECT_EQ(document->text(std::get<PickleText>(element(7))), "\xc3\xa9");
  EXPECT_EQ(kindOf(element(8)), "None");
  EXPECT_TRUE(std::get<bool>(element(9)));
  EXPECT_FALSE(std::get<bool>(element(10)));
  EXPECT_EQ(kindOf(element(11)), "a tuple");
  EXPECT_EQ(kindOf(element(12)), "a list");
  for (std::uint32_t i = 13; i < 16; ++i) EXPECT_EQ(std::get<PickleDict>(element(i)).index, 0u);  // one by reference
}

TEST(PickleMachine, RefusesNamesOutsideTheListWithoutCallingThem) {
  const auto errorNaming = [](int protocol, const std::string& module, const std::string& name) {
    const std::string pickle =
        PickleBuilder(protocol).global(module, name).raw("(").text("touch /tmp/owned").raw("tR").stopped();
    const auto refused = runPickle(bytesOf(pickle), "x.bin");
    EXPECT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
    return refused.error().message;
  };
  for (const int protocol : {2, 4}) {
    EXPECT_THAT(
        errorNaming(protocol, "posix", "system"),
        AllOf(HasSubstr("x.bin: data.pkl"), HasSubstr("names \"posix.system\""), HasSubstr("nothing was called")));
    EXPECT_THAT(errorNaming(protocol, "os", "system"), HasSubstr("\"os.system\""));
    EXPECT_THAT(errorNaming(protocol, "builtins", "eval"), HasSubstr("\"builtins.eval\""));
    EXPECT_THAT(errorNaming(protocol, "torch._utils", "_rebuild_tensor_v2.__globals__"), HasSubstr("__globals__\""));
    EXPECT_THAT(errorNaming(protocol, "torch", "_utils._rebuild_tensor_v3x"), HasSubstr("v3x\""));
    EXPECT_THAT(errorNaming(protocol, "numpy.core.multiarray", "_reconstruct"), HasSubstr("_reconstruct\""));
  }
  EXPECT_THAT(pickleErrorOf(PickleBuilder().global("\x1b[31mred", "x").stopped()), HasSubstr("\"?[31mred.x\""));
  EXPECT_THAT(errorOfOperations("c\xff\xff\nx\n"), HasSubstr("not UTF-8"));
  EXPECT_THAT(errorOfOperations("cposix\nsystem"), HasSubstr("cut short"));
  EXPECT_THAT(pickleErrorOf(PickleBuilder(4).raw("NN\x93").stopped()),
              HasSubstr("STACK_GLOBAL at byte 13: needs two strings"));
}

TEST(PickleMachine, RefusesOperationsOutsideTheListByName) {
  const std::vector<std::pair<char, const char*>> refused = {{'0', "POP"},
                                                             {'1', "POP_MARK"},
                                                             {'2', "DUP"},
                                                             {'B', "BINBYTES"},
                                                             {'C', "SHORT_BINBYTES"},
                                                             {'F', "FLOAT"},
                                                             {'I', "INT"},
                                                             {'L', "LONG"},
                                                             {'P', "PERSID"},
                                                             {'S', "STRING"},
                                                             {'T', "BINSTRING"},
                                                             {'U', "SHORT_BINSTRING"},
                                                             {'V', "UNICODE"},
                                                             {'d', "DICT"},
                                                             {'g', "GET"},
                                                             {'i', "INST"},
                                                             {'l', "LIST"},
                                                             {'o', "OBJ"},
                                                             {'p', "PUT"},
                                                             {'\x81', "NEWOBJ"},
                                                             {'\x82', "EXT1"},
                                                             {'\x83', "EXT2"},
                                                             {'\x84', "EXT4"},
                                                             {'\x8e', "BINBYTES8"},
                                                             {'\x8f', "EMPTY_SET"},
                                                             {'\x90', "ADDITEMS"},
                                                             {'\x91', "FROZENSET"},
                                                             {'\x92', "NEWOBJ_EX"},
                                                             {'\x96', "BYTEARRAY8"},
                                                             {'\x97', "NEXT_BUFFER"},
                                                             {'\x98', "READONLY_BUFFER"}};
  for (const auto& [code, name] : refused) {
    EXPECT_THAT(errorOfOperations(std::string(1, code)),
                HasSubstr(std::string(", ") + name + " at byte 2: is an operation"));
  }
  EXPECT_THAT(errorOfOperations("\x01"), HasSubstr("the byte 1 at byte 2, which is no pickle operation"));
  EXPECT_THAT(errorOfOperations("\xff"), HasSubstr("the byte 255"));
}

TEST(PickleMachine, RefusesProtocolsItDoesNotKnow) {
  EXPECT_THAT(pickleErrorOf(""), HasSubstr("does not begin like a pickle"));
  EXPECT_THAT(pickleErrorOf("(dp0\n."), HasSubstr("does not begin like a pickle"));  // protocol 0
  EXPECT_THAT(pickleErrorOf("\x80\x01}."), HasSubstr("uses pickle protocol 1; protocols 2 to 5 are known"));
  EXPECT_THAT(pickleErrorOf("\x80\x06}."), HasSubstr("uses pickle protocol 6"));
  EXPECT_THAT(pickleErrorOf("\x80"), HasSubstr("cut short"));
}

TEST(PickleMachine, RefusesStacksThatDoNotFit) {
  for (const char* operation : {"t", "u", "e"}) EXPECT_THAT(errorOfOperations(operation), HasSubstr("needs a mark"));
  for (const char* operation : {"R", "Q", "b", "NR", "Nb", "N(R", "\x93", "q\x01", "\x94"}) {
    EXPECT_THAT(errorOfOperations(operation), HasSubstr("needs a value where none is left")) << operation;
  }
  for (const char* operation : {"s", "a", "Ns", "\x85", "N\x86", "NN\x87", "NN(N\x86", "}N(Ns", "](a", "(u", "(e"}) {
    EXPECT_THAT(errorOfOperations(operation), HasSubstr("needs more values than are there")) << operation;
  }
  EXPECT_THAT(errorOfOperations(""), HasSubstr("STOP at byte 2: comes before"));
  EXPECT_THAT(errorOfOperations("NN"), HasSubstr("comes before"));
  EXPECT_THAT(errorOfOperations("N("), HasSubstr("comes before"));
  EXPECT_THAT(pickleErrorOf(PickleBuilder().raw("N").stopped() + "N."), HasSubstr("followed by 2 bytes"));
  EXPECT_THAT(pickleErrorOf("\x80\x02}"), HasSubstr("ends without STOP"));
  EXPECT_THAT(errorOfOperations("NNNs"), HasSubstr("puts an entry into None, not into a dictionary"));
  EXPECT_THAT(errorOfOperations("](NNu"), HasSubstr("puts an entry into a list"));
  EXPECT_THAT(errorOfOperations("}(NNNu"), HasSubstr("a key without a value"));
  EXPECT_THAT(errorOfOperations("}Na"), HasSubstr("appends to a dictionary, not to a list"));
  EXPECT_THAT(errorOfOperations("](NNe}b"), HasSubstr("sets attributes of a list"));
}

TEST(PickleMachine, RefusesArgumentsThatDoNotFit) {
  EXPECT_THAT(errorOfOperations("h\x05"), HasSubstr("BINGET at byte 2: refers to value number 5, which is not there"));
  EXPECT_THAT(errorOfOperations("Nq\x01h\x00"s), HasSubstr("refers to value number 0"));
  EXPECT_THAT(errorOfOperations("Nr\xff\xff\xff\xff"), HasSubstr("remembers value number 4294967295"));
  EXPECT_THAT(pickleErrorOf("\x80\x02J\x01"), HasSubstr("BININT at byte 2: is cut short"));
  EXPECT_THAT(pickleErrorOf("\x80\x02G\x01"), HasSubstr("BINFLOAT at byte 2: is cut short"));
  EXPECT_THAT(pickleErrorOf("\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\xff."),
              HasSubstr("FRAME at byte 2: is cut short"));
  EXPECT_THAT(pickleErrorOf("\x80\x02X\x10\x00\x00\x00"s + "ab"), HasSubstr("a string of 16 bytes where 2 follow"));
  EXPECT_THAT(pickleErrorOf("\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\xff"s + "ab"), HasSubstr("where 2 follow"));
  EXPECT_THAT(pickleErrorOf("\x80\x02\x8a\x09"s + std::string(9, '\1') + "."), HasSubstr("an integer of 9 bytes"));
  EXPECT_THAT(pickleErrorOf("\x80\x02\x8b\xff\xff\xff\xff"), HasSubstr("cut short"));
  for (const char* text : {"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "a\x80"}) {
    EXPECT_THAT(pickleErrorOf(PickleBuilder(4).text(text).stopped()), HasSubstr("not UTF-8"));
  }
}

TEST(PickleMachine, RefusesCallsThatDoNotFit) {
  const auto builder = [] { return PickleBuilder(); };
  EXPECT_THAT(errorOfOperations("N)R"), HasSubstr("calls None with a tuple"));
  EXPECT_THAT(pickleErrorOf(builder().global("collections", "OrderedDict").raw("NR").stopped()),
              HasSubstr("with None"));
  EXPECT_THAT(pickleErrorOf(builder().global("collections", "OrderedDict").raw("N\x85R").stopped()),
              HasSubstr("calls collections.OrderedDict with 1 arguments"));
  EXPECT_THAT(pickleErrorOf(builder().global("torch", "FloatStorage").raw(")R").stopped()),
              HasSubstr("calls torch.FloatStorage, which"));
  EXPECT_THAT(pickleErrorOf(builder().global("torch._utils", "_rebuild_parameter").raw("NNN\x87R").stopped()),
              HasSubstr("a parameter of something that is not a tensor"));
  for (const char* id : {"NQ", ")Q", "(NNNNNtQ"}) EXPECT_THAT(errorOfOperations(id), HasSubstr("other than a storage"));
  EXPECT_THAT(pickleErrorOf(builder().storage("FloatStorage", "0", -1).stopped()), HasSubstr("other than a storage"));
  EXPECT_THAT(pickleErrorOf(builder()
                                .raw("(")
                                .text("module")
                                .global("torch", "FloatStorage")
                                .text("0")
                                .text("cpu")
                                .raw("K\1tQ")
                                .stopped()),
              HasSubstr("other than a storage"));
  EXPECT_THAT(
      pickleErrorOf(
          builder().raw("(").text("storage").global("torch", "float32").text("0").text("cpu").raw("K\1tQ").stopped()),
      HasSubstr("other than a storage"));
}

TEST(PickleMachine, RefusesTensorsThatDoNotFit) {
  const auto errorOfTensor = [](std::int64_t offset, const std::vector<std::int64_t>& sizes,
                                const std::vector<std::int64_t>& strides) {
    return pickleErrorOf(PickleBuilder().tensor("FloatStorage", "0", 4, offset, sizes, strides).stopped());
  };
  EXPECT_THAT(errorOfTensor(-1, {1}, {1}), HasSubstr("other than (storage, offset, sizes, strides)"));
  EXPECT_THAT(errorOfTensor(0, {1, 2}, {1}), HasSubstr("2 sizes and 1 strides"));
  EXPECT_THAT(errorOfTensor(0, {-1}, {1}), HasSubstr("not a number from 0 on"));
  EXPECT_THAT(errorOfTensor(0, {1}, {-1}), HasSubstr("not a number from 0 on"));
  EXPECT_THAT(errorOfTensor(0, std::vector<std::int64_t>(9, 1), std::vector<std::int64_t>(9, 1)), HasSubstr("9 axes"));
  EXPECT_THAT(pickleErrorOf(PickleBuilder().tensor("UntypedStorage", "0", 4, 0, {1}, {1}).stopped()),
              HasSubstr("untyped storage without a type"));
  const auto rebuild = [](const std::string& function) {
    return PickleBuilder()
        .global("torch._utils", function)
        .raw("(")
        .storage("FloatStorage", "0", 4)
        .raw("K\0"s)
        .integers({4})
        .integers({1});
  };
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor").raw("NtR").stopped()), HasSubstr("with 5 arguments"));
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor").raw("tR").stopped()), HasSubstr("(no error)"));
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor_v2").raw("\x89NNtR").stopped()), HasSubstr("(no error)"));
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor_v2").raw("\x89N}tR").stopped()), HasSubstr("(no error)"));
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor_v2").raw("\x89N}").text("neg").raw("\x88stR").stopped()),
              HasSubstr("negated or conjugated"));
  EXPECT_THAT(pickleErrorOf(rebuild("_rebuild_tensor_v3").raw("\x89NNtR").stopped()), HasSubstr("without the type"));
}

TEST(PickleMachine, NeverExpandsWhatIsBuiltByReference) {
  // Tuples and dictionaries of two references each to the one before: 2^5000 values if they were walked.
  PickleBuilder pickle;
  pickle.raw("N");
  for (int i = 0; i < 5000; ++i) pickle.raw("q\x01h\x01\x86");
  const std::string tuples = pickle.stopped();
  PickleBuilder nested;
  nested.raw("}");
  for (int i = 0; i < 5000; ++i) nested.raw("q\x01}(").text("model").raw("h\x01").text("module").raw("h\x01u");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(pickleErrorOf(tuples), "(no error)");
  EXPECT_THAT(pickleErrorOf(nested.stopped()), HasSubstr("comes before"));  // each leaves the one before on the stack
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(PickleMachine, BoundsWhatItKeeps) {
  EXPECT_THAT(errorOfOperations(std::string(101, '(')), HasSubstr("nests deeper than 100 levels"));
  EXPECT_THAT(errorOfOperations(std::string(1'000'001, 'N')), HasSubstr("more than 1000000 values wait"));
  std::string many = "]";
  for (int i = 0; i < 2'000'000; ++i) many += "Na";
  EXPECT_THAT(errorOfOperations(many), HasSubstr("more than 4000000 operations"));
}

}  // namespace
}  // namespace tidemark
