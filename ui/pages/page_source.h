#pragma once
// Where pictures of pages come from. The view says which pages it wants, the source draws when it can. GUI thread.

#include <QImage>
#include <QObject>
#include <QPolygonF>
#include <QSizeF>
#include <QString>
#include <string>
#include <vector>

namespace tidemark::ui {

/// How paper and ink of a page are shown.
struct PageColors {
  QRgb paper = 0xffffffff;
  QRgb ink = 0xff000000;
  friend bool operator==(const PageColors&, const PageColors&) = default;
};

struct PageRequest {
  int page = 0;                     // from 0
  int width = 0;                    // in pixels of the device
  std::vector<std::string> quotes;  // passages whose outlines are asked for
  PageColors colors;
  friend bool operator==(const PageRequest&, const PageRequest&) = default;
};

struct PagePicture {
  PageRequest request;
  QImage image;
  /// Of each quote, in pixels of the picture; empty: it was not found on this page.
  std::vector<std::vector<QPolygonF>> outlines;
};

/// White becomes paper and black becomes ink; what lies between is mixed.
void recolor(QImage& image, const PageColors& colors);

class PageSource : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Begins; opened() or unavailable() follows.
  virtual void open() = 0;
  /// Replaces everything that was wanted before: what is not among these is not drawn any more, and not delivered.
  /// The first is drawn first.
  virtual void want(std::vector<PageRequest> requests) = 0;

 Q_SIGNALS:
  void opened(const std::vector<QSizeF>& points);
  void pictureReady(const tidemark::ui::PagePicture& picture);
  /// This page cannot be drawn; others may be.
  void pageFailed(int page, const QString& reason);
  /// No page can be drawn: one sentence.
  void unavailable(const QString& reason);
};

}  // namespace tidemark::ui
