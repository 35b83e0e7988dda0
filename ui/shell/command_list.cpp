#include "ui/shell/command_list.h"

#include <QCoreApplication>
#include <QDialog>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <algorithm>

#include "ui/shell/fuzzy_match.h"

namespace tidemark::ui {
namespace {

class Collector {
 public:
  explicit Collector(QWidget* root) : m_root(root) {}

  std::vector<Command> collect() {
    for (const QMenuBar* bar : m_root->findChildren<QMenuBar*>()) {
      if (belongsHere(bar)) addAll(bar->actions(), {});
    }
    addAll(m_root->actions(), {});
    for (const QWidget* widget : m_root->findChildren<QWidget*>()) {
      if (belongsHere(widget) && qobject_cast<const QMenu*>(widget) == nullptr) addAll(widget->actions(), {});
    }
    for (QAction* action : m_root->findChildren<QAction*>()) {
      if (belongsHere(action)) add(action, {});
    }
    return std::move(m_commands);
  }

 private:
  [[nodiscard]] bool belongsHere(const QObject* object) const {
    for (; object != nullptr && object != m_root; object = object->parent()) {
      if (qobject_cast<const QDialog*>(object) != nullptr) return false;
    }
    return true;
  }

  void addAll(const QList<QAction*>& actions, const QStringList& path) {
    for (QAction* action : actions) add(action, path);
  }

  void add(QAction* action, const QStringList& path) {
    if (action->isSeparator() || !action->isVisible() || m_seen.contains(action)) return;
    const QString text = textWithoutMnemonic(action->text());
    if (text.isEmpty()) return;
    m_seen.insert(action);
    if (const QMenu* menu = action->menu<QMenu*>()) {
      addAll(menu->actions(), path + QStringList{text});
      return;
    }
    QStringList keys;
    for (const QKeySequence& key : action->shortcuts()) keys += key.toString(QKeySequence::NativeText);
    const QString full = (path + QStringList{text}).join(QStringLiteral(" > "));
    m_commands.push_back({action, action->objectName().isEmpty() ? full : action->objectName(), text, path.value(0),
                          full, keys.join(QStringLiteral(", ")), action->isEnabled()});
  }

  QWidget* m_root;
  QSet<QAction*> m_seen;
  std::vector<Command> m_commands;
};

}  // namespace

QString textWithoutMnemonic(const QString& text) {
  QString visible = text.section(QLatin1Char('\t'), 0, 0);
  const qsizetype open = visible.lastIndexOf(QStringLiteral("(&"));
  if (open >= 0 && open + 3 < visible.size() && visible[open + 3] == QLatin1Char(')')) visible.remove(open, 4);
  QString plain;
  plain.reserve(visible.size());
  for (qsizetype i = 0; i < visible.size(); ++i) {
    if (visible[i] == QLatin1Char('&') && ++i == visible.size()) break;
    plain += visible[i];
  }
  return plain.trimmed();
}

std::vector<Command> collectActions(QWidget* root) {
  return root != nullptr ? Collector(root).collect() : std::vector<Command>{};
}

std::vector<RankedCommand> rankCommands(const std::vector<Command>& commands, const QString& pattern,
                                        const QStringList& recentIds) {
  struct Scored {
    RankedCommand ranked;
    int score;
    bool isEnabled;
  };
  std::vector<Scored> scored;
  const bool hasPattern = !pattern.trimmed().isEmpty();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const Command& command = commands[i];
    const auto age = static_cast<int>(recentIds.indexOf(command.id));
    if (!hasPattern) {
      scored.push_back({{i, {}}, age < 0 ? 0 : 1000 - std::min(age, 999), true});
      continue;
    }
    std::optional<FuzzyMatch> match = fuzzyMatch(pattern, command.text);
    const std::optional<FuzzyMatch> byPath = fuzzyMatch(pattern, command.path);
    if (!match && !byPath) continue;
    // The path holds the text too; its letters count less, or "fi" would rank all of the File menu before "Find".
    const int score = std::max(match ? match->score + 12 : 0, byPath ? byPath->score : 0);
    scored.push_back({{i, match ? std::move(match->positions) : std::vector<qsizetype>{}},
                      score + (age < 0 ? 0 : std::max(1, 6 - age)),
                      command.isEnabled});
  }
  std::stable_sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) {
    return a.score != b.score ? a.score > b.score : (a.isEnabled && !b.isEnabled);
  });
  std::vector<RankedCommand> result;
  result.reserve(scored.size());
  for (Scored& entry : scored) result.push_back(std::move(entry.ranked));
  return result;
}

}  // namespace tidemark::ui
