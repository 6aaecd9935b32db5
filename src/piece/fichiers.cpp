// See fichiers.hpp.
#include "piece/fichiers.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include "piece/magasin_double.hpp"
#include "piece/magasin_s3.hpp"

namespace piece {
namespace {

/// For the largest file on a busy machine: clamd reads some 20 MB a second.
constexpr std::chrono::seconds delai_antivirus{30};

/// Where contents are put, and also where they are read when two stores are set.
std::unique_ptr<Magasin> magasin_des_reglages(const Config& config)
{
    const auto lecteurs = config.workers / 2; // the others answer what needs no file
    auto magasin = ouvrir_magasin(config, config.store, lecteurs);
    if (!config.store_fallback) return magasin;
    if (*config.store_fallback == config.store)
        throw std::runtime_error{"fichiers.repli must be the other store than fichiers.magasin, or empty"};
    return std::make_unique<MagasinDouble>(std::move(magasin),
                                           ouvrir_magasin(config, *config.store_fallback, lecteurs));
}

} // namespace

std::unique_ptr<Magasin> ouvrir_magasin(const Config& config, Config::Store lequel, unsigned lecteurs)
{
    if (lequel == Config::Store::Dossier) return std::make_unique<MagasinLocal>(config.files_directory);
    const std::pair<const std::string*, std::string_view> exiges[] = {
        {&config.s3.adresse, "fichiers.s3.adresse (LOGIS_S3_URL)"},
        {&config.s3.compartiment, "fichiers.s3.compartiment (LOGIS_S3_BUCKET)"},
        {&config.s3.cle, "fichiers.s3.cle (LOGIS_S3_KEY)"},
        {&config.s3.secret, "fichiers.s3.secret (LOGIS_S3_SECRET)"}};
    std::string manquants;
    for (const auto& [valeur, nom] : exiges)
        if (valeur->empty()) manquants.append(manquants.empty() ? "" : ", ").append(nom);
    if (!manquants.empty()) throw std::runtime_error{"files in S3: missing " + manquants};
    return std::make_unique<MagasinS3>(config.s3, lecteurs);
}

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
      televersements(sas.envois(), std::uint64_t{config.uploads_mb} * 1'000'000),
      magasin(magasin_des_reglages(config)),
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
