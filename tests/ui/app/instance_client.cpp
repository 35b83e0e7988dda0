// Starts as the program would: prints what it became. Arguments: socket, directory, token, files.
#include <QCoreApplication>
#include <cstdio>

#include "app/gui/single_instance.h"

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  const QStringList arguments = QCoreApplication::arguments();
  tidemark::ui::SingleInstance instance(arguments.value(1));
  const auto role = instance.start({arguments.mid(4), arguments.value(2), arguments.value(3)});
  std::puts(role == tidemark::ui::InstanceRole::kForwarded ? "forwarded"
            : role == tidemark::ui::InstanceRole::kFirst   ? "first"
                                                           : "alone");
  return 0;
}
