// See fichiers.hpp.
#include "piece/fichiers.hpp"

#include <algorithm>
#include <filesystem>

namespace piece {
namespace {

/// For the largest file on a busy machine: clamd reads some 20 MB a second.
constexpr std::chrono::seconds delai_antivirus{30};

} // namespace

bool Disjoncteur::ouvert() const
{
    const std::lock_guard verrou{mutex_};
    return std::chrono::steady_clock::now() < jusqu_a_;
}

void Disjoncteur::ouvrir(std::chrono::seconds duree)
{
    const std::lock_guard verrou{mutex_};
    jusqu_a_ = std::chrono::steady_clock::now() + duree;
}

void Disjoncteur::fermer()
{
    const std::lock_guard verrou{mutex_};
    jusqu_a_ = {};
}

Fichiers::Fichiers(const Config& config)
    : sas(std::filesystem::path{config.files_directory} / "sas"),
      magasin(std::make_unique<MagasinLocal>(config.files_directory)),
      antivirus(config.antivirus, delai_antivirus)
{}

Fichiers::~Fichiers() = default;

void Fichiers::annoncer()
{
    {
        const std::lock_guard verrou{mutex_};
        // The row comes a moment after the bytes, in a transaction that we do not see.
        attentif_jusqu_a_ = std::chrono::steady_clock::now() + std::chrono::seconds{1};
    }
    annonce_.notify_all();
}

void Fichiers::attendre(const std::stop_token& arret, std::chrono::milliseconds au_plus)
{
    constexpr std::chrono::milliseconds pas{20};
    std::unique_lock verrou{mutex_};
    const auto attentif = [&] { return std::chrono::steady_clock::now() < attentif_jusqu_a_; };
    if (attentif())
        annonce_.wait_for(verrou, arret, std::min(pas, au_plus), [] { return false; });
    else
        annonce_.wait_for(verrou, arret, au_plus, attentif);
}

} // namespace piece
