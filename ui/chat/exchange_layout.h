#pragma once
// Where the parts of one exchange are: the question's bubble at the far side, the answer, the evidence chips, the line
// about the state and the footer. Pure geometry, in pixels from the exchange's top left corner. Any thread that may use
// fonts.

#include <QFont>
#include <QRectF>
#include <vector>

#include "ui/chat/conversation.h"
#include "ui/chat/text_block.h"

namespace tidemark::ui {

/// What a layout depends on besides the exchange.
struct ExchangeStyle {
  QFont font;             // of the interface; everything scales with it
  qreal width = 0;        // of the whole row
  bool mirrored = false;  // right-to-left interface
  friend bool operator==(const ExchangeStyle&, const ExchangeStyle&) = default;

  [[nodiscard]] qreal step() const;  // 4 pixels at the usual 13-pixel type
  [[nodiscard]] QFont questionFont() const { return font; }
  [[nodiscard]] QFont answerFont(const QString& answer) const;  // short answers stand out
  [[nodiscard]] QFont chipFont() const;
  [[nodiscard]] QFont footerFont() const;
};

struct ChipBox {
  QRectF rect;
  QString label;     // shortened if it is wider than the row
  int evidence = 0;  // index in Exchange::evidence
};

class ExchangeLayout {
 public:
  static constexpr qreal kBubbleRadius = 12;  // at the usual type

  /// Lays out again only what changed; an answer that grew lays out its last paragraph.
  /// Returns from which height on the exchange looks different; height() or more if it does not.
  qreal set(const Exchange& exchange, const ExchangeStyle& style);

  [[nodiscard]] const Exchange& exchange() const { return m_exchange; }
  [[nodiscard]] const ExchangeStyle& style() const { return m_style; }
  [[nodiscard]] qreal height() const { return m_height; }

  [[nodiscard]] QRectF bubble() const { return m_bubble; }
  [[nodiscard]] QRectF questionRect() const { return m_questionRect; }  // the text within the bubble
  [[nodiscard]] QRectF answerRect() const { return m_answerRect; }
  [[nodiscard]] QRectF stateRect() const { return m_stateRect; }
  [[nodiscard]] QRectF footerRect() const { return m_footerRect; }
  [[nodiscard]] const std::vector<ChipBox>& chips() const { return m_chips; }
  [[nodiscard]] const TextBlock& question() const { return m_question; }
  [[nodiscard]] const TextBlock& answer() const { return m_answer; }
  [[nodiscard]] const TextBlock& state() const { return m_state; }
  [[nodiscard]] const TextBlock& footer() const { return m_footer; }

  /// Index in chips(), -1 if none is there.
  [[nodiscard]] int chipAt(QPointF point) const;

 private:
  void placeQuestion();
  qreal placeChips(qreal top);
  /// Bottom of the line, which starts `gap` under `above`; just `above` if the text is empty.
  qreal placeLine(TextBlock& block, QRectF& rect, const QString& text, qreal above, qreal gap);
  [[nodiscard]] QRectF mirrored(const QRectF& rect) const;

  Exchange m_exchange;
  ExchangeStyle m_style;
  bool m_valid = false;
  qreal m_height = 0;
  QRectF m_bubble;
  QRectF m_questionRect;
  QRectF m_answerRect;
  QRectF m_stateRect;
  QRectF m_footerRect;
  std::vector<ChipBox> m_chips;
  TextBlock m_question;
  TextBlock m_answer;
  TextBlock m_state;
  TextBlock m_footer;
};

}  // namespace tidemark::ui
