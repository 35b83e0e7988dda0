#pragma once
// What a second start of the program tells the first one, as bytes. The bytes may come from anything that can reach the
// socket: the parser is total. Pure; any thread.

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace tidemark::ui {

struct InstanceMessage {
  QStringList files;        // absolute
  QString directory;        // where the second start ran: absolute, or empty if it is gone
  QString activationToken;  // $XDG_ACTIVATION_TOKEN, lets the window come to the front under Wayland

  bool operator==(const InstanceMessage&) const = default;
};

constexpr quint32 kMostInstanceBytes = 4 * 1024 * 1024;  // of the payload
constexpr quint32 kMostInstanceFiles = 10000;
constexpr quint32 kMostPathBytes = 4096;
constexpr quint32 kMostTokenBytes = 1024;

/// Paths made absolute with `directory`. Files beyond the limits are left out; see the return of `droppedFiles`.
[[nodiscard]] QByteArray encodeInstanceMessage(const InstanceMessage& message, int* droppedFiles = nullptr);

enum class InstanceParseState { kIncomplete, kComplete, kBroken };
struct InstanceParse {
  InstanceParseState state = InstanceParseState::kBroken;
  InstanceMessage message;  // if complete
};

/// kIncomplete only while more bytes could still make a message; a header that promises too much is broken at once.
/// Bytes behind the message, invalid UTF-8, zero characters and relative paths are broken.
[[nodiscard]] InstanceParse parseInstanceMessage(const QByteArray& bytes);

/// The answer of the first instance.
[[nodiscard]] QByteArray instanceAcknowledgement();

}  // namespace tidemark::ui
